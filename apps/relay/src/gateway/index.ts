export { GatewayModule } from './gateway.module.js';
export { RelayIoAdapter } from './io-adapter.js';

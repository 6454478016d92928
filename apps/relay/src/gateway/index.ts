export { GatewayModule } from './gateway.module.js';
export { RelayIoAdapter } from './io-adapter.js';
export type { Pushes } from './push-table.js';
export { type AsyncApiDocument } from './asyncapi/asyncapi-document.js';
export { asyncApiDocument } from './asyncapi/generate.js';
export { serveAsyncApi } from './asyncapi/serve.js';

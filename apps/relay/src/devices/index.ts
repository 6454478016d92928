export { DeviceEntity } from './device.entity.js';
export type { Device } from './device.js';
export { DeviceDto, DeviceNameDto, toDeviceDto } from './devices.dto.js';
export { DevicesModule } from './devices.module.js';
export { DevicesStore } from './devices.store.js';
export { RevocationObservers } from './revocation-observers.store.js';

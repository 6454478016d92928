export { AnnouncementEntity } from './announcement.entity.js';
export { AnnouncementsModule } from './announcements.module.js';

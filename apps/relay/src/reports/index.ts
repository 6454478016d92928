export { ReportDesk, type ReportOnDesk, type ReportSummary } from './report-desk.store.js';
export { ReportEntity } from './report.entity.js';
export { ReportMessageEntity } from './report-message.entity.js';
export { ReportsModule } from './reports.module.js';

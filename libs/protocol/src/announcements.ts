/** How much it matters what an administrator tells everybody. */
export const ANNOUNCEMENT_SEVERITIES = ['info', 'warning', 'urgent'] as const;

/** One of {@link ANNOUNCEMENT_SEVERITIES}. */
export type AnnouncementSeverity = (typeof ANNOUNCEMENT_SEVERITIES)[number];

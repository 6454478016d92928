import { enDeletion } from './en-deletion.js';

/** What the settings say beyond how the app looks: a part of `en.ts`. */
export const enSettings = {
  ...enDeletion,
  security: {
    title: 'Security',
    passwordHint: 'Your password opens your account and what is stored in this browser.',
    changePassword: 'Change password',
    oldPassword: 'Current password',
    samePassword: 'This is the password you have. Choose another one.',
    otherDevices:
      'All your other devices are signed out. What is stored on them still opens with the old password, until you sign in there with the new one. Your recovery code stays as it is.',
    changing: 'Changing …',
    changed: 'Your password is changed.',
    changedElsewhere:
      'Your other devices are signed out. Unlock each of them with the old password once more, and sign in again with the new one.',
    lockAfter: 'Lock by itself',
    lockAfterHint: 'While it is locked, no messages arrive here.',
    lockDelay: '{delay, select, never {Never} 1 {After 1 minute} 60 {After 1 hour} other {After {delay} minutes}}',
  },
  securityEvents: {
    title: 'Security events',
    hint: 'Sign-ins, and changes of your password, keys and devices.',
    show: 'Show security events',
    lead: 'What the server has put down about your account, the newest first. If there is something here that was not you, change your password, and remove devices that you do not know.',
    loading: 'Looking them up …',
    more: 'Show earlier ones',
    save: 'Save all as a file',
    alarming: 'Have a look',
    from: 'from: {device}',
    what: '{kind, select, account_deleted {The account was deleted} account_deletion_asked {The account is to be deleted} account_deletion_cancelled {The account was kept} account_recovered {The account was recovered with the recovery code} account_registered {The account was made} account_suspended {An admin suspended the account} account_unsuspended {An admin lifted the suspension} admin_announced {You announced something to everybody} admin_asked_mfa_reset {You asked for a reset of somebody’s second factors} admin_declined_mfa_reset {You declined a reset of somebody’s second factors} admin_ended_sessions {You ended somebody’s sessions} admin_granted {The account became an admin} admin_made_invitation {You made an invitation} admin_reset_mfa {You approved a reset of somebody’s second factors} admin_revoked {The account is no admin any more} admin_revoked_invitation {You revoked an invitation} admin_set_limits {You set the limits of an account} admin_set_quotas {You set the quotas of an account} admin_set_registration {You set who may register} admin_set_retention {You set how long anything is kept at most} admin_suspended {You suspended an account} admin_unsuspended {You lifted a suspension} admin_withdrew_announcement {You withdrew an announcement} confirmation_failed {{count, plural, one {A wrong password was entered where it was asked for again} other {Wrong passwords were entered # times where it was asked for again}}} device_added {A device was added: {subject}} device_list_signed {The list of your devices was signed} device_revoked {A device was removed: {subject}} identity_key_replaced {The key of your account was replaced} identity_key_reset {The key of your account was reset} identity_key_set {The key of your account was made} keys_handed_over {The keys were handed to a new device} limits_set {An admin has set the limits of this account} mfa_code_used {A backup code was used} mfa_codes_made {New backup codes were made} mfa_device_trusted {A device is not asked for a second factor any more: {subject}} mfa_factor_added {A second factor was added} mfa_factor_removed {A second factor was removed} mfa_failed {{count, plural, one {A wrong second factor was shown} other {A wrong second factor was shown # times}}} mfa_reset {Your second factors were taken away by two admins} mfa_reset_asked {An admin wants to reset your second factors} mfa_reset_declined {An admin declined to reset your second factors} mfa_trust_removed {A device is asked for a second factor again: {subject}} password_changed {The password was changed} quotas_set {An admin has set the quotas of this account} recovery_failed {{count, plural, one {A wrong recovery code was entered} other {Wrong recovery codes were entered # times}}} recovery_removed {The recovery code was taken away} recovery_set {A recovery code was set} refresh_token_reused {A session was ended, since its key was used twice: somebody may have copied it} report_filed {You reported somebody} session_ended {A session was ended on another device} sessions_ended {An admin ended all sessions} sign_in_failed {{count, plural, one {A sign-in failed} other {# sign-ins failed}}} signed_in {Signed in} signed_out {Signed out} other {Something that this version of the app does not know}}',
  },
  notifications: {
    title: 'Notifications',
    show: 'Tell me of new messages',
    hint: 'As long as the app is open in a tab, and unlocked.',
    choice: '{choice, select, off {No} quiet {That there is one} other {With name and text}}',
    quiet: 'New message',
    closed: 'While it is closed or locked, too',
    closedHint:
      'A push service of your browser’s maker wakes this device. It sees when, and neither from whom nor what. The notification says that there is a message, and no more.',
    mute: 'Mute this browser',
    muteHint: 'It tells of nothing, and is not woken. Your other devices go on.',
    muteFor: '{choice, select, off {No} hour {For an hour} day {For a day} other {For good}}',
    mutedUntil: 'Muted until {at}.',
    muteFailed: 'This browser is quiet while the app is open. The server does not know it yet, and may still wake it.',
    noWakeUps: 'This browser, or this relay, wakes no device.',
    failed: 'That did not work: the relay, or the push service of this browser, does not answer. Try again later.',
    none: 'This browser shows no notifications of pages.',
    refused: 'Your browser does not let this page notify you. You can change that in its settings for this site.',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    does: '{name, select, search {Search chats and messages} begin {New chat} next {Next chat} previous {Previous chat} send {Send message} newLine {New line in a message} back {Close what is open, one after the other} other {Show these shortcuts}}',
    key: '{key, select, alt {Alt} shift {Shift} enter {Enter} escape {Esc} other {{key}}}',
    singleKeys: 'Shortcuts of a single key',
    singleKeysHint:
      'The key ? shows the shortcuts. Without it, {command} + / still does: for those who speak to the computer, or touch keys by accident.',
    elsewhere: 'Tab and the arrow keys lead to everything else.',
  },
  backup: {
    title: 'Your data',
    exportHint: 'All messages that can be read here, as one encrypted file.',
    export: 'Export',
    exportLead:
      'The file opens by this passphrase alone: keep it apart from the file. Disappearing messages are not in it.',
    passphrase: 'Passphrase of the file',
    exportNow: 'Save the file',
    exporting: 'Writing …',
    exported: 'The file is among your downloads. Keep it, and its passphrase, in a safe place.',
    importHint: 'Brings back messages of a file that you exported, as after signing in on a new browser.',
    import: 'Import',
    importLead: 'Messages appear in the chats of this account in which they were written. Nothing appears twice.',
    file: 'Exported file',
    fileRequired: 'Choose the file that you exported',
    passphraseRequired: 'Enter the passphrase of the file',
    importNow: 'Import the file',
    importing: 'Reading …',
    imported:
      '{count, plural, =0 {Everything in this file is here already.} one {Messages of # chat are back.} other {Messages of # chats are back.}}',
    missing:
      '{count, plural, one {The server has # chat of this file no more, so its messages cannot be shown.} other {The server has # chats of this file no more, so their messages cannot be shown.}}',
  },
};

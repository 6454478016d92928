/** What the settings say beyond how the app looks: a part of `en.ts`. */
export const enSettings = {
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
  notifications: {
    title: 'Notifications',
    show: 'Tell me of new messages',
    hint: 'As long as the app is open in a tab, and unlocked.',
    choice: '{choice, select, off {No} quiet {That there is one} other {With name and text}}',
    quiet: 'New message',
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
  deletion: {
    title: 'Delete account',
    hint: 'Erases your account from the server and from this browser, for good.',
    erasedHere: 'All messages, keys and settings in this browser are erased.',
    erasedThere: 'The server erases your keys, devices, contacts and stored data, and you leave all chats.',
    stays: 'Messages that others have received stay with them.',
    name: 'Nobody can bring the account back, and nobody gets its name again – not even you.',
    typeName: 'Type {username} to confirm',
    otherName: 'Type {username}, exactly as it stands here',
    confirm: 'Delete my account for good',
    deleting: 'Deleting …',
  },
};

import type { Messages } from './en.js';

export const deDeletion: Pick<Messages, 'deletion' | 'keeping'> = {
  deletion: {
    title: 'Konto löschen',
    hint: 'Löscht dein Konto auf dem Server. Du kannst es dir einige Tage anders überlegen, wenn du es nicht sofort willst.',
    looking: 'Es wird nachgesehen, was daraus folgt …',
    exportFirst: 'Zuerst deine Nachrichten exportieren',
    exportHint: 'Ist das Konto gelöscht, lässt sich nichts mehr holen.',
    keepable:
      'Bis zum {date} kannst du dein Konto behalten: Melde dich dazu mit deinem Passwort an. Bis dahin bleibt gesperrt, was in diesem Browser gespeichert ist.',
    signedOut: 'Du wirst überall sofort abgemeldet, und niemand kann einen Chat mit dir beginnen.',
    then: 'Danach löscht der Server deine Schlüssel, Geräte, Kontakte und gespeicherten Daten, und du verlässt alle Chats.',
    erasedHere: 'Alle Nachrichten, Schlüssel und Einstellungen in diesem Browser werden gelöscht.',
    erasedThere:
      'Der Server löscht deine Schlüssel, Geräte, Kontakte und gespeicherten Daten, und du verlässt alle Chats.',
    stays: 'Nachrichten, die andere erhalten haben, bleiben bei ihnen.',
    name: 'Dann kann niemand das Konto zurückholen, und niemand bekommt seinen Namen wieder – auch du nicht.',
    now: 'Sofort löschen, ohne Bedenkzeit',
    groups: 'Deine Gruppen',
    groupsLead:
      'Gruppen, die dir gehören, gehen an jemand anderen. Wen du hier auswählst, dem gehört die Gruppe ab sofort.',
    goesTo: '{title} geht an',
    oldest: 'wer am längsten dabei ist',
    ends: '{title} endet: Sonst ist niemand darin.',
    untitled: 'Eine Gruppe ohne Namen',
    typeName: 'Gib zur Bestätigung {username} ein',
    otherName: 'Gib {username} ein, genau wie es hier steht',
    confirm: 'Mein Konto endgültig löschen',
    confirmLater: 'Mein Konto löschen lassen',
    deleting: 'Wird gelöscht …',
  },
  keeping: {
    title: 'Dieses Konto wird gelöscht',
    lead: 'Es wird am {date} endgültig gelöscht. Behältst du es, ist alles wie zuvor.',
    keep: 'Mein Konto behalten',
    leave: 'Dabei lassen',
    pending:
      'Dein Konto wird am {date} gelöscht. Bis dahin kannst du es behalten: Entsperre es hier, oder melde dich an.',
  },
};

import type { enKept } from './en-kept.js';

export const deKept: typeof enKept = {
  kept: {
    newer: 'Eine neue Version von Sealpost ist da. Sie fragt einmal nach dem Passwort.',
    take: 'Jetzt verwenden',
    storeTrouble:
      '{trouble, select, store_full {Auf diesem Gerät ist kein Platz mehr. Neue Nachrichten warten so lange auf dem Server: Schaff Platz, oder lösch Daten anderer Websites in diesem Browser.} other {Dieser Browser konnte nicht speichern, was angekommen ist. Es wartet auf dem Server: Versuch es noch einmal, oder schließ diesen Tab und öffne Sealpost neu.}}',
    storeTryAgain: 'Noch einmal versuchen',
    lostTitle: 'Dieser Browser hat das Gespeicherte verloren',
    lostLead:
      'Browser löschen Daten von Websites, wenn der Platz knapp wird oder jemand sie leert. Dein Konto gibt es noch.',
    lostNothingRead: 'Niemand kann lesen, was gelöscht wurde. Es war verschlüsselt.',
    lostNewDevice:
      'Melde dich wieder an, dann wird dieser Browser ein neues Gerät mit neuen Schlüsseln. Was von da an geschrieben wird, kommt hier an.',
    lostHistory: 'Frühere Nachrichten sind auf deinen anderen Geräten, falls du welche hast.',
    lostSignIn: 'Wieder anmelden',
    lostRecover: 'Wiederherstellungscode verwenden',
  },
};

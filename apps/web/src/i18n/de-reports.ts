import type { enReports } from './en-reports.js';

export const deReports: typeof enReports = {
  reports: {
    report: 'Melden …',
    reportWho: '{name} melden …',
    hint: 'Sag denen, die diesen Server betreiben, was geschieht. Die gemeldete Person erfährt nichts davon.',
    title: '{name} melden',
    lead: 'Die Meldung geht an die, die diesen Server betreiben, und an sonst niemanden. {name} erfährt nichts davon.',
    reason: 'Grund',
    reasonIs:
      '{reason, select, spam {Spam oder Betrug} harassment {Belästigung} threats {Drohungen} sexual_content {Unerwünschte sexuelle Inhalte} child_abuse {Missbrauch von Kindern} impersonation {Gibt sich als jemand anderes aus} illegal {Anderes, das verboten ist} other {Etwas anderes}}',
    words: 'In deinen Worten (freiwillig)',
    attach: 'Nachrichten anhängen',
    attachNone: 'Angehängt wird nur, was du auswählst.',
    warning:
      'Was du hier schreibst und anhängst, können die Betreiber dieses Servers lesen; eine angehängte Datei können sie öffnen. Sonst können sie nichts lesen. Es wird nach einiger Zeit gelöscht.',
    block: '{name} auch blockieren',
    tooLong: 'Diese Nachrichten sind zusammen zu lang. Hänge weniger an.',
    send: 'Meldung senden',
    sent: 'Danke. Deine Meldung ist angekommen.',
    verified:
      '{count, plural, one {# Nachricht wurde} other {# Nachrichten wurden}} geprüft: Der Server weiß, dass {name} das geschrieben hat.',
    unverifiable:
      '{count, plural, one {# Nachricht ließ} other {# Nachrichten ließen}} sich nicht prüfen, weil der Server sie nicht mehr hat oder dieses Gerät keinen Nachweis hat.',
    done: 'Fertig',
    own: 'Deine Meldungen',
    ownHint: 'Was du gemeldet hast, und ob es erledigt ist.',
    none: 'Du hast niemanden gemeldet.',
    state: '{state, select, open {Offen} resolved {Erledigt} other {Unbekannt}}',
  },
};

import type { enTimeline } from './en-timeline.js';

export const deTimeline: typeof enTimeline = {
  roster: {
    you: 'dich',
    others: '{count} weitere',
    founded: '{who, select, self {Du hast} other {{name} hat}} die Gruppe erstellt',
    added:
      '{who, select, self {Du hast {names} hinzugefügt} nobody {{whom, select, self {Du bist} other {{names}: neu}} dabei} other {{name} hat {names} hinzugefügt}}',
    removed: '{who, select, self {Du hast} other {{name} hat}} {names} entfernt',
    left: '{whom, select, self {Du hast} other {{names} hat}} die Gruppe verlassen',
    accepted: '{whom, select, self {Du bist} other {{names} ist}} dabei',
    role: '{who, select, self {Du hast {names}} nobody {Jetzt {whom, select, self {bist du} other {ist {names}}}} other {{name} hat {names}}} {role, select, owner {{who, select, nobody {Eigentümer} other {zum Eigentümer gemacht}}} admin {{who, select, nobody {Admin} other {zum Admin gemacht}}} other {{who, select, nobody {ohne Rolle} other {die Rolle genommen}}}}',
  },
  retention: {
    title: 'Aufbewahrung auf dem Server',
    hint: 'Der Server löscht neue Nachrichten nach dieser Zeit. Geräte behalten, was sie haben; wer länger offline ist oder später dazukommt, bekommt sie nicht.',
    forever: 'Unbegrenzt',
    delivered: 'Nachrichten löschen, die alle Geräte haben',
    deliveredHint: 'Frühestens {duration}, nachdem sie gesendet wurden.',
    deliveredEverywhere: 'Dieser Server löscht in jedem Chat Nachrichten, die alle Geräte haben.',
    maximum: 'Dieser Server behält keine Nachricht länger als {duration}.',
  },
  lifetime: {
    title: 'Verschwindende Nachrichten',
    hint: 'Neue Nachrichten werden nach dieser Zeit bei allen gelöscht. Wer sie gelesen hat, kann sie sich gemerkt oder kopiert haben.',
    off: 'Aus',
    changed:
      '{who, select, self {Du hast} other {{name} hat}} {lasting, select, off {verschwindende Nachrichten ausgeschaltet} other {eingestellt, dass neue Nachrichten nach {duration} verschwinden}}',
  },
};

import { deDeletion } from './de-deletion.js';
import type { Messages } from './en.js';
import type { enSettings } from './en-settings.js';

export const deSettings: typeof enSettings & Pick<Messages, 'keeping'> = {
  ...deDeletion,
  security: {
    title: 'Sicherheit',
    passwordHint: 'Dein Passwort öffnet dein Konto und was in diesem Browser gespeichert ist.',
    changePassword: 'Passwort ändern',
    oldPassword: 'Bisheriges Passwort',
    samePassword: 'Das ist dein bisheriges Passwort. Wähle ein anderes.',
    otherDevices:
      'Alle deine anderen Geräte werden abgemeldet. Was auf ihnen gespeichert ist, öffnet noch das alte Passwort, bis du dich dort mit dem neuen anmeldest. Dein Wiederherstellungscode bleibt, wie er ist.',
    changing: 'Wird geändert …',
    changed: 'Dein Passwort ist geändert.',
    changedElsewhere:
      'Deine anderen Geräte sind abgemeldet. Entsperre jedes noch einmal mit dem alten Passwort, und melde dich mit dem neuen wieder an.',
    lockAfter: 'Von selbst sperren',
    lockAfterHint: 'Solange gesperrt ist, kommen hier keine Nachrichten an.',
    lockDelay: '{delay, select, never {Nie} 1 {Nach 1 Minute} 60 {Nach 1 Stunde} other {Nach {delay} Minuten}}',
  },
  securityEvents: {
    title: 'Sicherheitsereignisse',
    hint: 'Anmeldungen und Änderungen an Passwort, Schlüsseln und Geräten.',
    show: 'Sicherheitsereignisse zeigen',
    lead: 'Was der Server über dein Konto festgehalten hat, das Neueste zuerst. Wenn etwas davon nicht von dir ist, ändere dein Passwort und entferne Geräte, die du nicht kennst.',
    loading: 'Wird nachgesehen …',
    more: 'Frühere zeigen',
    save: 'Alle als Datei sichern',
    alarming: 'Sieh es dir an',
    from: 'von: {device}',
    what: '{kind, select, account_deleted {Das Konto wurde gelöscht} account_deletion_asked {Das Konto soll gelöscht werden} account_deletion_cancelled {Das Konto wurde behalten} account_recovered {Das Konto wurde mit dem Wiederherstellungscode zurückgeholt} account_registered {Das Konto wurde angelegt} account_suspended {Ein Admin hat das Konto gesperrt} account_unsuspended {Ein Admin hat die Sperre aufgehoben} admin_announced {Du hast allen etwas angekündigt} admin_asked_mfa_reset {Du hast darum gebeten, zweite Faktoren zurückzusetzen} admin_declined_mfa_reset {Du hast abgelehnt, zweite Faktoren zurückzusetzen} admin_ended_sessions {Du hast Sitzungen eines Kontos beendet} admin_granted {Das Konto wurde Admin} admin_made_invitation {Du hast eine Einladung erstellt} admin_reset_mfa {Du hast zugestimmt, zweite Faktoren zurückzusetzen} admin_revoked {Das Konto ist kein Admin mehr} admin_revoked_invitation {Du hast eine Einladung zurückgezogen} admin_set_limits {Du hast die Grenzen eines Kontos gesetzt} admin_set_quotas {Du hast die Kontingente eines Kontos gesetzt} admin_set_registration {Du hast festgelegt, wer sich registrieren darf} admin_set_retention {Du hast festgelegt, wie lange etwas höchstens aufbewahrt wird} admin_suspended {Du hast ein Konto gesperrt} admin_unsuspended {Du hast eine Sperre aufgehoben} admin_withdrew_announcement {Du hast eine Ankündigung zurückgenommen} confirmation_failed {{count, plural, one {Ein falsches Passwort wurde eingegeben, wo noch einmal danach gefragt wird} other {#-mal wurde ein falsches Passwort eingegeben, wo noch einmal danach gefragt wird}}} device_added {Ein Gerät ist dazugekommen: {subject}} device_list_signed {Die Liste deiner Geräte wurde unterschrieben} device_revoked {Ein Gerät wurde entfernt: {subject}} identity_key_replaced {Der Schlüssel deines Kontos wurde ersetzt} identity_key_reset {Der Schlüssel deines Kontos wurde zurückgesetzt} identity_key_set {Der Schlüssel deines Kontos wurde erzeugt} keys_handed_over {Die Schlüssel wurden an ein neues Gerät übergeben} limits_set {Ein Admin hat die Grenzen dieses Kontos gesetzt} mfa_code_used {Ein Ersatzcode wurde verwendet} mfa_codes_made {Neue Ersatzcodes wurden erzeugt} mfa_device_trusted {Ein Gerät wird nicht mehr nach dem zweiten Faktor gefragt: {subject}} mfa_factor_added {Ein zweiter Faktor ist dazugekommen} mfa_factor_removed {Ein zweiter Faktor wurde entfernt} mfa_failed {{count, plural, one {Ein falscher zweiter Faktor wurde gezeigt} other {#-mal wurde ein falscher zweiter Faktor gezeigt}}} mfa_reset {Zwei Admins haben deine zweiten Faktoren entfernt} mfa_reset_asked {Ein Admin will deine zweiten Faktoren zurücksetzen} mfa_reset_declined {Ein Admin hat abgelehnt, deine zweiten Faktoren zurückzusetzen} mfa_trust_removed {Ein Gerät wird wieder nach dem zweiten Faktor gefragt: {subject}} password_changed {Das Passwort wurde geändert} quotas_set {Ein Admin hat die Kontingente dieses Kontos gesetzt} recovery_failed {{count, plural, one {Ein falscher Wiederherstellungscode wurde eingegeben} other {#-mal wurde ein falscher Wiederherstellungscode eingegeben}}} recovery_removed {Der Wiederherstellungscode wurde entfernt} recovery_set {Ein Wiederherstellungscode wurde festgelegt} refresh_token_reused {Eine Sitzung wurde beendet, weil ihr Schlüssel zweimal verwendet wurde: Vielleicht hat ihn jemand kopiert} report_filed {Du hast jemanden gemeldet} session_ended {Eine Sitzung wurde auf einem anderen Gerät beendet} sessions_ended {Ein Admin hat alle Sitzungen beendet} sign_in_failed {{count, plural, one {Eine Anmeldung ist gescheitert} other {# Anmeldungen sind gescheitert}}} signed_in {Angemeldet} signed_out {Abgemeldet} other {Etwas, das diese Version der App nicht kennt}}',
  },
  notifications: {
    title: 'Benachrichtigungen',
    show: 'Neue Nachrichten melden',
    hint: 'Solange die App in einem Tab offen und nicht gesperrt ist.',
    choice: '{choice, select, off {Nein} quiet {Nur, dass eine da ist} other {Mit Name und Text}}',
    quiet: 'Neue Nachricht',
    closed: 'Auch wenn sie geschlossen oder gesperrt ist',
    closedHint:
      'Ein Push-Dienst des Herstellers deines Browsers weckt dieses Gerät. Er sieht, wann, und weder von wem noch was. Die Benachrichtigung sagt, dass eine Nachricht da ist, und nicht mehr.',
    mute: 'Diesen Browser stummschalten',
    muteHint: 'Er meldet nichts und wird nicht geweckt. Deine anderen Geräte tun es weiter.',
    muteFor: '{choice, select, off {Nein} hour {Für eine Stunde} day {Für einen Tag} other {Für immer}}',
    mutedUntil: 'Stumm bis {at}.',
    muteFailed:
      'Dieser Browser ist still, solange die App offen ist. Der Server weiß es noch nicht und weckt ihn vielleicht trotzdem.',
    noWakeUps: 'Dieser Browser oder dieses Relay weckt kein Gerät.',
    failed:
      'Das ging nicht: Das Relay oder der Push-Dienst dieses Browsers antwortet nicht. Versuch es später noch einmal.',
    none: 'Dieser Browser zeigt keine Benachrichtigungen von Seiten.',
    refused:
      'Dein Browser lässt diese Seite nichts melden. Das kannst du in seinen Einstellungen für diese Website ändern.',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    does: '{name, select, search {Chats und Nachrichten durchsuchen} begin {Neuer Chat} next {Nächster Chat} previous {Voriger Chat} send {Nachricht senden} newLine {Neue Zeile in einer Nachricht} back {Schließen, was offen ist, eins nach dem anderen} other {Diese Kürzel zeigen}}',
    key: '{key, select, alt {Alt} shift {Umschalt} enter {Enter} escape {Esc} other {{key}}}',
    singleKeys: 'Kürzel aus einer einzigen Taste',
    singleKeysHint:
      'Die Taste ? zeigt die Tastenkürzel. Ohne sie geht es weiter mit {command} + /: für alle, die zum Computer sprechen oder versehentlich Tasten berühren.',
    elsewhere: 'Zu allem anderen führen Tab und die Pfeiltasten.',
  },
  backup: {
    title: 'Deine Daten',
    exportHint: 'Alle Nachrichten, die hier lesbar sind, als eine verschlüsselte Datei.',
    export: 'Exportieren',
    exportLead:
      'Die Datei öffnet nur diese Passphrase: Bewahre sie getrennt von der Datei auf. Verschwindende Nachrichten sind nicht darin.',
    passphrase: 'Passphrase der Datei',
    exportNow: 'Datei speichern',
    exporting: 'Wird geschrieben …',
    exported: 'Die Datei liegt bei deinen Downloads. Bewahre sie und ihre Passphrase sicher auf.',
    importHint: 'Holt Nachrichten aus einer exportierten Datei zurück, wie nach dem Anmelden in einem neuen Browser.',
    import: 'Importieren',
    importLead:
      'Nachrichten erscheinen in den Chats dieses Kontos, in denen sie geschrieben wurden. Nichts erscheint doppelt.',
    file: 'Exportierte Datei',
    fileRequired: 'Wähle die Datei, die du exportiert hast',
    passphraseRequired: 'Gib die Passphrase der Datei ein',
    importNow: 'Datei importieren',
    importing: 'Wird gelesen …',
    imported:
      '{count, plural, =0 {Alles aus dieser Datei ist schon hier.} one {Nachrichten aus # Chat sind zurück.} other {Nachrichten aus # Chats sind zurück.}}',
    missing:
      '{count, plural, one {# Chat dieser Datei hat der Server nicht mehr, seine Nachrichten lassen sich nicht zeigen.} other {# Chats dieser Datei hat der Server nicht mehr, ihre Nachrichten lassen sich nicht zeigen.}}',
  },
};

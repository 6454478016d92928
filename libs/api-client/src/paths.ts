// Generated from openapi.json by `npm run contract`. Do not edit.

export interface paths {
    "/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What concerned the security of all accounts, newest first
         * @description For admins. Without the ids of devices and sessions, so that nobody can be followed by them: the operator’s export has all that the hashes are over (docs/audit.md).
         */
        get: operations["adminListSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What concerned the security of my account, newest first
         * @description Sign-ins and failed ones, changes of the password, of keys, devices and sessions. Nobody can change a record or take one away unnoticed (docs/audit.md). There is no address in it, no name, and no content.
         */
        get: operations["listSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All security events of my account, oldest first, a line each
         * @description Each line is an object as `listSecurityEvents` has them, in JSON, and ends with a line feed.
         */
        get: operations["exportSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the audit log of this relay was, day by day, signed; newest first
         * @description Whoever keeps one can show later whether what was in the log then has been rewritten since. The key that signs them is in `GET /v1/server`.
         */
        get: operations["listAuditCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What admins change while the relay runs
         * @description For admins. What nobody has changed yet is as its environment says.
         */
        get: operations["adminGetSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/settings/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say who may make an account
         * @description From now on, and also after a restart: the setting of the environment is what it was at the beginning. Accounts that there are stay. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        put: operations["adminSetRegistration"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say how long anything is kept at most
         * @description Whatever its sender or its conversation says. What is older is erased within minutes, in all conversations, and does not come back. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        put: operations["adminSetRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is in my vault
         * @description Names, versions and sizes, by name. Every device hears of changes by `account:changed`.
         */
        get: operations["listVault"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vault/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A blob of my vault
         * @description `not_found` alike for a name that was never used and for a deleted blob.
         */
        get: operations["getVaultItem"];
        /**
         * Put a blob into my vault
         * @description With the version it replaces in `If-Match`, or `If-None-Match: *` for a name that was never used; `precondition_failed` names the current one in `currentVersion`, also of a deleted blob. The same again, after a lost reply, is answered as the first. `root` may only be made here, and `root.recovery` not at all (`forbidden`): they change with the secret that opens them.
         */
        put: operations["putVaultItem"];
        post?: never;
        /**
         * Delete a blob of my vault
         * @description With its version in `If-Match`. Deleting counts as a version: putting the name again replaces the one after it. `root` and `root.recovery` are not deleted here (`forbidden`).
         */
        delete: operations["deleteVaultItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My second factors
         * @description With how many recovery codes are left, and the devices that are not asked.
         */
        get: operations["getMfa"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add an authenticator app
         * @description It counts once `confirmTotp` has had a code of it, within 15 minutes. Another that was begun is dropped. Takes the current secret, and a second factor shown in this session within the last five minutes (`mfa_required`) if there is one.
         */
        post: operations["beginTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/totp/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an authenticator app, by a code of it
         * @description From now on signing in takes a second factor. The first factor of an account brings its recovery codes. `not_found` alike for none that was begun, one that took too long and somebody else’s.
         */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description Answers what `navigator.credentials.create` takes. Takes the current secret, and a second factor shown in this session within the last five minutes (`mfa_required`) if there is one.
         */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey that was made
         * @description It is a second factor from now on, and signs in by itself where the authenticator knows its user. The first factor of an account brings its recovery codes. `conflict` for a passkey that is registered already.
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/factors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a second factor
         * @description With the last one go the recovery codes, and the trust in devices. Takes the current secret, and a second factor shown in this session within the last five minutes (`mfa_required`) if there is one.
         */
        delete: operations["removeFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make fresh recovery codes
         * @description Earlier ones are void. `not_found` for an account without a second factor. Takes the current secret, and a second factor shown in this session within the last five minutes (`mfa_required`) if there is one.
         */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a second factor in this session
         * @description Answers the challenge of `mfa_required`. For five minutes this session may do what had been refused; ask for it again.
         */
        post: operations["stepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/trusted-devices/{deviceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Have a device be asked for a second factor again
         * @description `not_found` alike for a device that is not trusted and somebody else’s.
         */
        delete: operations["untrustDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts, by name
         * @description For admins. What an account is in, whom it knows and what it says is not shown to anybody: docs/administration.md.
         */
        get: operations["adminListUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An account
         * @description For admins.
         */
        get: operations["adminGetUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{username}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Suspend an account
         * @description Ends its sessions, and closes its sockets within a second. Whoever signs in to it with the right secret is answered `account_suspended`; for others it is as it was. Once more, it changes the reason. `forbidden` for one’s own account, too, so that an admin always remains. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        put: operations["adminSuspendUser"];
        post?: never;
        /**
         * Lift the suspension of an account
         * @description Its owner signs in as before. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        delete: operations["adminUnsuspendUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{username}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End all sessions of an account
         * @description Its devices have to sign in again. Their sockets are closed within a second. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        delete: operations["adminEndSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/mfa-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resets of second factors that wait for another admin
         * @description For admins.
         */
        get: operations["adminListMfaResets"];
        put?: never;
        /**
         * Ask for a reset of somebody’s second factors
         * @description Nothing is reset before another admin has agreed, within 24 hours. The account hears of it (`mfa`). `conflict` when one waits already, or there is nothing to reset. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        post: operations["adminAskMfaReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/mfa-resets/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to a reset of second factors
         * @description Takes the second factors of the account away, its recovery codes of them, and the trust in its devices. Its password and what lies under it stay as they are. `forbidden` for whoever asked, and for the account’s owner, too. `not_found` alike for no such request and one whose time is over. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        post: operations["adminApproveMfaReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/mfa-resets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Decline a reset of second factors, or take it back
         * @description The account hears of it. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        delete: operations["adminDeclineMfaReset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invitations to register
         * @description For admins. Without their codes, which only those know who were given them.
         */
        get: operations["adminListInvitations"];
        put?: never;
        /**
         * Invite somebody to register
         * @description The answer has the code, once. It is needed where the mode of registration is `invite`. `conflict` when there are as many invitations as there may be. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        post: operations["adminMakeInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let nobody register by an invitation any more
         * @description Whoever has registered by it stays. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        delete: operations["adminRevokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/kdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a username derives its keys
         * @description Answered for every name alike: a name nobody has gets parameters of its own too, whose salt registering it must use. Counts on the budget for looking people up. Clients refuse anything weaker than they registered with.
         */
        get: operations["getKdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account, with its first device and session
         * @description With the salt that `GET /auth/kdf` answers for the name (`invalid_request` otherwise). The name counts on the budget for looking people up, whether somebody has it or not. Who may register is the server’s `registration`: an invitation is used up in the same moment as the account is made. When the refresh token travels in the cookie, an Origin that is allowed and the header `sealpost-csrf: 1` are needed (`forbidden`).
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in, as a known device or as a new one
         * @description `invalid_credentials` alike for an unknown name, a wrong secret, and a device that is revoked or not the account’s. With the right secret, an account that has second factors is asked for one (`mfa_required`), unless a device that it trusts signs in: `finishSignIn` goes on. Last of all, an account that is to be deleted is let in with `cancelDeletion` only (`account_deletion_pending` tells when that is, in `deletionDueAt`). When the refresh token travels in the cookie, an Origin that is allowed and the header `sealpost-csrf: 1` are needed (`forbidden`).
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange the refresh token for new tokens
         * @description A refresh token works once. When the reply is lost, the same one gives the same answer again for 10 seconds; used later, or after its successor, it ends the session (`refresh_token_reused`). When the refresh token travels in the cookie, an Origin that is allowed and the header `sealpost-csrf: 1` are needed (`forbidden`).
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description Its tokens are void and its sockets closed within a second. The device stays known.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My account
         * @description As its owner sees it.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /**
         * Delete my account
         * @description Takes the current secret, and a second factor if there is one. All sessions end. When the days are over that `GET /v1/server` tells as `deletionGraceDays`, or at once with `now`, devices, contacts and memberships end for good. Until then nobody begins anything with the account, and its owner keeps it by signing in with `cancelDeletion`. The username is never given out again.
         */
        delete: operations["deleteMe"];
        options?: never;
        head?: never;
        /**
         * Change my display name or privacy
         * @description What is absent stays. Contacts and co-members hear of a new display name.
         */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the secret I sign in with
         * @description Takes the current secret, and a second factor if there is one. Other sessions end, unless `keepOtherSessions`. An account whose vault has a `root` names it in `vaultRoot`, wrapped under the new password: both change, or neither. `conflict` when somebody else changed the secret at the same time, `stale_version` when the root has another version.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the recovery code of my account, or replace it
         * @description Takes the current secret, and a second factor if there is one. The relay keeps a hash of the key, and the root of the vault under the code as `root.recovery`. `conflict` when the secret was changed at the same time.
         */
        put: operations["setRecovery"];
        post?: never;
        /**
         * Take away the recovery code of my account
         * @description Takes the current secret, and a second factor if there is one. `conflict` when it was changed at the same time.
         */
        delete: operations["removeRecovery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/recovery/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetch what a recovery code opens
         * @description Nothing changes by it. `invalid_credentials` alike for an unknown name, an account without a code, and a wrong one.
         */
        post: operations["openRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/recovery/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recover an account with its code, and sign in
         * @description Sets a new secret and a fresh code, with the root of the vault under each, ends all sessions, and signs in: all of it, or nothing. The code is spent. An account with second factors is asked for one (`mfa_required`): the same again, with `mfa`, goes on. `invalid_credentials` as for `openRecovery`, and for a device that is revoked or not the account’s. When the refresh token travels in the cookie, an Origin that is allowed and the header `sealpost-csrf: 1` are needed (`forbidden`).
         */
        post: operations["completeRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a sign-in with a second factor
         * @description After `mfa_required` of `login`, with the same device and transport, from the same address. A challenge takes five answers, of which one may be right; a code is taken once. `invalid_mfa_challenge` alike for one that is unknown, over, answered or somebody else’s. When the refresh token travels in the cookie, an Origin that is allowed and the header `sealpost-csrf: 1` are needed (`forbidden`).
         */
        post: operations["finishSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/passkey-sign-in/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask to sign in by a passkey alone
         * @description Answers what `navigator.credentials.get` takes, in `passkey`. Nobody is named: the passkey says who it is.
         */
        post: operations["beginPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/mfa/passkey-sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by a passkey alone
         * @description The authenticator must have verified its user. The session is all there is to get: what the vault holds opens by the password, on the client. `invalid_mfa_code` alike for a passkey that is nobody’s and a signature that is wrong; `invalid_credentials` for a device that is revoked or not the account’s. When the refresh token travels in the cookie, an Origin that is allowed and the header `sealpost-csrf: 1` are needed (`forbidden`).
         */
        post: operations["signInByPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My live sessions, newest first
         * @description On all of my devices.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session of mine
         * @description Its sockets are closed within a second. Another than this one takes a second factor, if there is one. `not_found` alike for no such session, an ended one and somebody else’s.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My devices
         * @description The live ones, all at once: there are few.
         */
        get: operations["listMyDevices"];
        put?: never;
        /**
         * Register a further device
         * @description It gets a session by signing in with its `deviceId`.
         */
        post: operations["addDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a device of mine
         * @description Its sessions end with it and its sockets are closed within a second; it can never sign in again. `not_found` alike for no such device, a revoked one and somebody else’s.
         */
        delete: operations["revokeDevice"];
        options?: never;
        head?: never;
        /**
         * Rename a device of mine
         * @description `not_found` alike for no such device, a revoked one and somebody else’s.
         */
        patch: operations["renameDevice"];
        trace?: never;
    };
    "/v1/users/{username}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Somebody's devices
         * @description Without their names, and with the signed list that says which of them are the account’s. Whoever knows an older one asks for those in between with `listsAfter`: a device that came and went meanwhile stands in them. Strangers count on the budget for looking people up.
         */
        get: operations["listDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My signed list of devices
         * @description The current one, to the byte as it was uploaded. `not_found` before the first.
         */
        get: operations["getMyDeviceList"];
        /**
         * Replace my signed list of devices
         * @description By the next version, signed by the current identity key. It follows on the current list by its hash, and names live devices of mine only (`invalid_request`). `stale_version` when another list or key is current: read both, and sign again. The current list again changes nothing. Everyone who knows the account is told.
         */
        put: operations["putDeviceList"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/key-packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload key packages of this device
         * @description All of them or none. Each is of this device, lives for 90 days at most, and is signed with the key that the current list of devices gives for it (`device_not_listed`). One that is here already, or was handed out, changes nothing, so a retry is safe. Answers what is there now.
         */
        post: operations["uploadKeyPackages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/me/key-packages/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many key packages of this device wait
         * @description Of each suite, without those that have expired.
         */
        get: operations["countKeyPackages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{username}/key-packages/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take one key package of each of somebody's devices
         * @description Also of my own other devices. Each is handed out once; when none is left, or after more than six claims by me of the same person (one more every ten minutes), it is the last resort. Nothing is handed out under a list of devices whose identity key was reset since. Strangers count on the budget for looking people up.
         */
        post: operations["claimKeyPackages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My current identity key
         * @description `not_found` before the first upload.
         */
        get: operations["getMyIdentityKey"];
        /**
         * Upload or replace my identity key
         * @description The first key needs no version. Each later one names the version it replaces and is signed by the current key; without that signature it takes an explicit `reset` with the authKey, and a second factor if there is one; everyone who knows the account is told. The current key again changes nothing and returns it. Nothing is ever removed from the history.
         */
        put: operations["uploadIdentityKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Somebody's current identity key
         * @description `not_found` alike for no such user and for a user without a key. Strangers count on the budget for looking people up.
         */
        get: operations["getIdentityKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{username}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Somebody's identity keys, oldest first
         * @description Each link holds the hash of the one before, and a signature by it unless the key was reset: a reader checks the chain from the last link it knows. Refused and counted as the current key is.
         */
        get: operations["listIdentityKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/linking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a slot, as a new device
         * @description For two minutes. `unavailable` while too many slots are open.
         */
        post: operations["openLinking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/linking/{slotId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the new device said, for the old one
         * @description `not_found` alike for a slot that never was, has expired, or has been read.
         */
        get: operations["getLinkingOffer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/linking/{slotId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Answer the new device, as the old one
         * @description Once: `conflict` after any other answer. The same again, from the same device, changes nothing.
         */
        put: operations["answerLinking"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/linking/{slotId}/provisioning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hand over to the new device what it needs
         * @description Once, after the words were compared, by the device that answered: `not_found` for every other one, and once it was read. The same again changes nothing.
         */
        put: operations["provideLinking"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/linking/{slotId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the old device has said, for the new one
         * @description To be asked every second or two. With the provisioning the slot is gone: it is read once. `not_found` also for a wrong key.
         */
        post: operations["readLinking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People I accepted or blocked
         * @description By username. People who deleted their account are left out.
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I decided about a person
         * @description `not_found` alike for people I decided nothing about and for people who do not exist.
         */
        get: operations["getContact"];
        /**
         * Accept or block a person
         * @description Blocking also ends the direct conversation of the two, on both sides. The other person is not told why. Strangers count on the budget for looking people up. The same decision again changes nothing.
         */
        put: operations["decideContact"];
        post?: never;
        /**
         * Forget what I decided about a person
         * @description Unblocks, too. Succeeds alike when there was nothing to forget.
         */
        delete: operations["removeContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Somebody's profile
         * @description Strangers count on the budget for looking people up, whether they exist or not.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My conversations
         * @description Newest first, with those I left and those I am asked to join. For browsing; to catch up, use `sync`.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Start a conversation
         * @description A direct conversation exists once for each two people: it is found, created, or opened again for whoever left it, and the other one becomes my contact. People whose privacy is `contacts` are invited unless I am one of theirs: they see that I ask, and nothing else until they accept. A person who does not exist and one who does not want to hear from me are alike `not_found`; one whom I blocked is `forbidden`.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One conversation
         * @description Members and metadata are shown to whoever is in it. To others than its members, past and invited, it is `not_found`.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave, or decline an invitation
         * @description What I could read until now stays readable, for me and for the others. An owner’s group goes to the longest-standing admin, or else member. Leaving again changes nothing.
         */
        post: operations["leaveConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description From then on I can read the conversation since I was invited. Accepting a direct one makes the other person my contact.
         */
        post: operations["acceptConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add people to a group
         * @description For its owner and admins. All of them are added, or none: `already_member` if one is in it, `not_found` if one does not exist or does not want to hear from me. Strangers count on the budget for looking people up.
         */
        post: operations["addMembers"];
        /**
         * Remove members from a group, or take invitations back
         * @description The owner removes anyone, admins only those without a role. Who is removed may still read the entry that says so.
         */
        delete: operations["removeMembers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/members/{username}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member another role
         * @description For the owner. Giving `owner` hands the group over and makes the giver an admin: there is always exactly one owner.
         */
        put: operations["changeRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the encrypted title and picture of a group
         * @description For its owner and admins. The relay cannot read it; the newest one counts.
         */
        put: operations["setMetadata"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/commits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin the next epoch of an MLS group
         * @description Exactly one commit begins each epoch: whoever comes second is told `stale_epoch`, and where the group stands. What it makes of the roster is what its sender signed, and a change of members stands behind it in the log. A commit at epoch 0 of the next generation begins a new group: the first, or one that repairs what is broken. Nobody is let into a group from which a device has to go, except by a commit that takes it out as well. Repeating an id returns the first result.
         */
        post: operations["sendCommit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/group-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a device needs to come into the group by itself
         * @description For members of the conversation: the GroupInfo of the newest epoch. With it, a device that has lost its state takes its place in the group again, by an external commit.
         */
        get: operations["getGroupInfo"];
        /**
         * Replace a GroupInfo that does not work
         * @description For devices in the group. It must be of the current epoch.
         */
        put: operations["repairGroupInfo"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/welcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Welcomes that wait for this device
         * @description Oldest first. Those of conversations one is only invited to wait until the invitation is accepted.
         */
        get: operations["listWelcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/welcomes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Say that a welcome has been dealt with
         * @description Once the device has joined and stored the group, or cannot join. Other devices keep theirs.
         */
        delete: operations["deleteWelcome"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message to a person
         * @description Finds or creates the direct conversation with the recipient, then stores the message in it. Repeating an id returns the first result.
         */
        post: operations["sendDirectMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a conversation’s log
         * @description Entries after a position, oldest first. Every position appears once, as an entry or within a gap, so a client knows when something is missing.
         */
        get: operations["readLog"];
        put?: never;
        /**
         * Send a message to a conversation
         * @description Stores the ciphertext at the next position of the log and pushes it to every connected device of the members. Repeating an id returns the first result.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one message
         * @description With the time at which each recipient had stored and read it.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Browse received messages
         * @description Newest first, over all conversations. For browsing only: to catch up without missing anything, use sync.
         */
        get: operations["listInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Browse sent messages
         * @description Newest first, over all conversations, with the marks of their recipients.
         */
        get: operations["listSent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest marks of every member
         * @description Kept in conversations of at most 32 members.
         */
        get: operations["listReceipts"];
        /**
         * Say how far you have stored and read a log
         * @description A mark covers everything up to its position; a lower one than before changes nothing. Positions beyond what you can read are refused.
         */
        put: operations["updateReceipts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages/{messageId}/delivered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a message is stored
         * @description Covers everything before it, too.
         */
        post: operations["markDelivered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages/{messageId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a message is read
         * @description Covers everything before it, too.
         */
        post: operations["markRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Catch up on everything
         * @description Answers, from one snapshot, with all that moved since the cursors: changes outside the logs, and for each conversation its head and a first page. While `more` is true, store the page and sync again.
         */
        post: operations["sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long messages are kept
         * @description What the members have agreed, and what the operator has set: whichever erases a message sooner. For its members.
         */
        get: operations["getRetention"];
        /**
         * Say how long messages are kept
         * @description For the owner and admins of a group, and for both in a direct conversation. An entry of the log says so. `expireAfter` is for messages that are written from then on, `afterDelivery` for those that are there as well. What is erased leaves a gap.
         */
        put: operations["setRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to upload an attachment
         * @description As in tus 1.0, with the extensions creation, expiration and termination. The file is encrypted by then; members of the conversation can read it once it is whole. An upload that is not whole after a day is given up. `not_found` alike for a conversation that is not there and for one that the caller is not in.
         */
        post: operations["createAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments/{attachmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ciphertext of an attachment, or a part of it
         * @description For everybody in the conversation, once it is whole. `not_found` alike for one that is not there, not whole, expired, taken away, or not theirs. A reader who is removed meanwhile does not get the rest.
         */
        get: operations["downloadAttachment"];
        put?: never;
        post?: never;
        /**
         * Take an attachment away from everybody
         * @description By who uploaded it, at any time, whole or not.
         */
        delete: operations["deleteAttachment"];
        options?: never;
        /**
         * How far an upload has come
         * @description For who uploads it, while in the conversation. `not_found` alike for everybody else.
         */
        head: operations["getUpload"];
        /**
         * Upload more of an attachment
         * @description In one request or in many. What the relay received before a request broke off stays; HEAD says from where to go on. `upload_offset_mismatch` at any other offset, and when another request has taken the place of this one. `storage_full` ends nothing: the upload goes on once there is room.
         */
        patch: operations["continueUpload"];
        trace?: never;
    };
    "/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I reported, newest first
         * @description And whether the operator has dealt with it. What was written or shown in a report is not told again.
         */
        get: operations["listReports"];
        put?: never;
        /**
         * Report somebody to the operator of this relay
         * @description Messages that are attached are opened for the operator to read: it is the only content in the clear that the relay ever has. It checks each against what its sender has committed to (docs/reports.md), and refuses with `invalid_report` what was not said, or not by who is reported. `not_found` alike for nobody of that name, a conversation that not both were in, and a message that could not be seen. Who is reported is told nothing. Strangers count on the budget for looking people up.
         */
        post: operations["fileReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How this device is woken
         * @description `not_found` if it is not. Where it is woken is told to nobody, not even to itself.
         */
        get: operations["getPush"];
        /**
         * Have this device woken when it is not connected
         * @description In place of what was registered before; whether it is muted stays. It ends with the session, so a client says it again at every start. A wake-up carries the same bytes whatever it is about (docs/push.md).
         */
        put: operations["registerPush"];
        post?: never;
        /**
         * Have this device woken no longer
         * @description May be repeated.
         */
        delete: operations["unregisterPush"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/push/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Do not wake this device, for a while or for good
         * @description Conversations are muted by the client alone: the relay need not know which. `not_found` if the device is not woken.
         */
        put: operations["mutePush"];
        post?: never;
        /**
         * Wake this device again
         * @description What came while it was muted wakes nobody.
         */
        delete: operations["unmutePush"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process runs
         * @description Also while the database is down: restarting the relay would not bring that back.
         */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description The database is reachable and its schema up to date. If not, `unavailable`.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this process has counted, for Prometheus
         * @description In the text format of Prometheus. For who shows the token that the operator has set as `METRICS_TOKEN`; without one, for nobody. There is no label that tells a person, a device, an address or a conversation from another (docs/monitoring.md).
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a client needs to know before it signs in
         * @description The versions of the protocol, how much of a thing the relay takes, the key of its audit log, who may register, and how it wakes devices. Also while the database is down.
         */
        get: operations["getServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the admins of the relay tell everybody
         * @description Everybody connected hears `announcements` when there are others. It is not encrypted, and from whoever runs the relay: clients show it as that, and never as a message of somebody.
         */
        get: operations["listAnnouncements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell everybody something
         * @description Everybody connected hears of it within seconds. `conflict` when there are as many as there may be. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        post: operations["adminAnnounce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/announcements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Tell it no longer
         * @description `not_found` also for one that has expired. Whoever has read it has read it. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        delete: operations["adminWithdrawAnnouncement"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{username}/allowance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an account may otherwise than all
         * @description For admins. What it has used is not told.
         */
        get: operations["adminGetAllowance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{username}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let an account keep more files, or fewer
         * @description What it has already stays. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        put: operations["adminSetQuotas"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{username}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let an account do more in a time, or less
         * @description Of what counts by account or device: not of what keeps secrets from being guessed, nor of looking up strangers. Through other relays of the same database, and for new devices, it counts within seconds. `conflict` when as many accounts have limits of their own as may. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        put: operations["adminSetLimits"];
        post?: never;
        /**
         * Give an account the limits of all
         * @description May be repeated. For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is `mfa_not_set_up`. The audit log says so, to both.
         */
        delete: operations["adminLiftLimits"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much there is of everything
         * @description For admins. Numbers of the whole relay, none of which is about somebody. Counted once a minute at the most.
         */
        get: operations["adminGetStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdminAuditEventDto: {
            /**
             * Format: int64
             * @description Its place in the log.
             * @example 42
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it happened; of several in one record, when they were counted.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * @description What happened. Today one of `account_deleted`, `account_deletion_asked`, `account_deletion_cancelled`, `account_recovered`, `account_registered`, `account_suspended`, `account_unsuspended`, `admin_announced`, `admin_asked_mfa_reset`, `admin_declined_mfa_reset`, `admin_ended_sessions`, `admin_granted`, `admin_made_invitation`, `admin_reset_mfa`, `admin_revoked`, `admin_revoked_invitation`, `admin_set_limits`, `admin_set_quotas`, `admin_set_registration`, `admin_set_retention`, `admin_suspended`, `admin_unsuspended`, `admin_withdrew_announcement`, `confirmation_failed`, `device_added`, `device_list_signed`, `device_revoked`, `identity_key_replaced`, `identity_key_reset`, `identity_key_set`, `keys_handed_over`, `limits_set`, `mfa_code_used`, `mfa_codes_made`, `mfa_device_trusted`, `mfa_factor_added`, `mfa_factor_removed`, `mfa_failed`, `mfa_reset`, `mfa_reset_asked`, `mfa_reset_declined`, `mfa_trust_removed`, `password_changed`, `quotas_set`, `recovery_failed`, `recovery_removed`, `recovery_set`, `refresh_token_reused`, `relay_restored`, `report_filed`, `retention_run`, `session_ended`, `sessions_ended`, `sign_in_failed`, `signed_in`, `signed_out`; there may be others.
             * @example account_deleted
             */
            kind: string;
            /**
             * @description Who did it. Today one of `admin`, `operator`, `owner`, `relay`, `unknown`; there may be others.
             * @example admin
             */
            actor: string;
            /**
             * Format: uuid
             * @description Whose security it is about; null if nobody’s.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string | null;
            /**
             * @description The name of that account; null once it is deleted.
             * @example ada
             */
            username: string | null;
            /**
             * @description The account that an admin did it to; null once it is deleted.
             * @example ada
             */
            subject: string | null;
            /**
             * Format: int64
             * @description How often, where several are one record.
             * @example null
             */
            count: number | null;
            /**
             * Format: base64url
             * @description The hash of the record before.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            previousHash: string;
            /**
             * Format: base64url
             * @description The hash of this record.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            hash: string;
        };
        AdminAuditEventListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Newest first. */
            items: components["schemas"]["AdminAuditEventDto"][];
        };
        AuditEventDto: {
            /**
             * Format: int64
             * @description Its place among the security events of all accounts.
             * @example 42
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it happened; of several in one record, when they were counted.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * @description What happened. Today one of `account_deleted`, `account_deletion_asked`, `account_deletion_cancelled`, `account_recovered`, `account_registered`, `account_suspended`, `account_unsuspended`, `admin_announced`, `admin_asked_mfa_reset`, `admin_declined_mfa_reset`, `admin_ended_sessions`, `admin_granted`, `admin_made_invitation`, `admin_reset_mfa`, `admin_revoked`, `admin_revoked_invitation`, `admin_set_limits`, `admin_set_quotas`, `admin_set_registration`, `admin_set_retention`, `admin_suspended`, `admin_unsuspended`, `admin_withdrew_announcement`, `confirmation_failed`, `device_added`, `device_list_signed`, `device_revoked`, `identity_key_replaced`, `identity_key_reset`, `identity_key_set`, `keys_handed_over`, `limits_set`, `mfa_code_used`, `mfa_codes_made`, `mfa_device_trusted`, `mfa_factor_added`, `mfa_factor_removed`, `mfa_failed`, `mfa_reset`, `mfa_reset_asked`, `mfa_reset_declined`, `mfa_trust_removed`, `password_changed`, `quotas_set`, `recovery_failed`, `recovery_removed`, `recovery_set`, `refresh_token_reused`, `relay_restored`, `report_filed`, `retention_run`, `session_ended`, `sessions_ended`, `sign_in_failed`, `signed_in`, `signed_out`; there may be others.
             * @example account_deleted
             */
            kind: string;
            /**
             * @description Who did it. Today one of `admin`, `operator`, `owner`, `relay`, `unknown`; there may be others.
             * @example admin
             */
            actor: string;
            /**
             * Format: uuid
             * @description Whose security it is about.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * Format: uuid
             * @description The device from which it was done.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId: string | null;
            /**
             * Format: uuid
             * @description The session in which it was done.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            sessionId: string | null;
            /**
             * Format: uuid
             * @description The device, session, second factor or account that it was done to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            subjectId: string | null;
            /**
             * Format: int64
             * @description How often, where several are one record.
             * @example null
             */
            count: number | null;
            /**
             * Format: base64url
             * @description The hash of the record before, which may be somebody else’s.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            previousHash: string;
            /**
             * Format: base64url
             * @description SHA-256 of all the fields above, in the form that docs/audit.md gives.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            hash: string;
        };
        AuditEventListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Newest first. */
            items: components["schemas"]["AuditEventDto"][];
        };
        AuditCheckpointDto: {
            /**
             * Format: int64
             * @description 1, 2, 3 …
             * @example 7
             */
            number: number;
            /**
             * @description The day, UTC.
             * @example 2026-11-22
             */
            day: string;
            /**
             * Format: int64
             * @description The newest record when it was signed.
             * @example 42
             */
            seq: number;
            /**
             * Format: base64url
             * @description The hash of that record, which all records before it went into.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            hash: string;
            /**
             * Format: date-time
             * @description When it was signed.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * Format: base64url
             * @description The Ed25519 key that signed it; the server’s own, unless its secret was changed since.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            publicKey: string;
            /**
             * Format: base64url
             * @description Ed25519, over the form that docs/audit.md gives.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA
             */
            signature: string;
        };
        AuditCheckpointListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Newest first. */
            items: components["schemas"]["AuditCheckpointDto"][];
        };
        ServerSettingsDto: {
            /**
             * @description Who may make an account: everybody, whoever has an invitation, or nobody. Today one of `open`, `invite`, `closed`; there may be others.
             * @example open
             */
            registration: string;
            /**
             * @description For so many days any message or attachment is kept at most; null if there is no such bound.
             * @example 365
             */
            retentionMaxDays: number | null;
        };
        SetRegistrationDto: {
            /**
             * @description Who may make an account: everybody, whoever has an invitation, or nobody.
             * @example open
             * @enum {string}
             */
            registration: "open" | "invite" | "closed";
        };
        SetMaximumRetentionDto: {
            /**
             * @description For so many days any message or attachment is kept at most; null if there is no such bound.
             * @example 365
             */
            maxDays: number | null;
        };
        VaultEntryDto: {
            /**
             * Format: int64
             * @description 1, 2, 3 …: one more with each content, and with a deletion.
             * @example 3
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was put.
             * @example 2026-11-22T09:30:00.000Z
             */
            updatedAt: string;
            /**
             * @description Name of the blob: a-z, 0-9, dot, underscore and hyphen, the first a letter or digit.
             * @example contacts
             */
            name: string;
            /**
             * @description Size of its content.
             * @example 6
             */
            bytes: number;
        };
        VaultListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description By name, without deleted ones. */
            items: components["schemas"]["VaultEntryDto"][];
        };
        VaultItemDto: {
            /**
             * Format: int64
             * @description 1, 2, 3 …: one more with each content, and with a deletion.
             * @example 3
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was put.
             * @example 2026-11-22T09:30:00.000Z
             */
            updatedAt: string;
            /**
             * @description Name of the blob: a-z, 0-9, dot, underscore and hyphen, the first a letter or digit.
             * @example contacts
             */
            name: string;
            /**
             * Format: base64url
             * @description What the client encrypted; opaque.
             * @example c2VhbGVk
             */
            body: string;
        };
        PutVaultItemDto: {
            /**
             * Format: base64url
             * @description What the client encrypted; opaque.
             * @example c2VhbGVk
             */
            body: string;
        };
        VaultVersionDto: {
            /**
             * Format: int64
             * @description 1, 2, 3 …: one more with each content, and with a deletion.
             * @example 3
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was put.
             * @example 2026-11-22T09:30:00.000Z
             */
            updatedAt: string;
        };
        FactorDto: {
            /**
             * Format: uuid
             * @description Id of the factor.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description What it is. Today one of `totp`, `passkey`; there may be others.
             * @example totp
             */
            kind: string;
            /**
             * @description What its owner calls it.
             * @example Phone
             */
            name: string;
            /**
             * Format: date-time
             * @description When it was added.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description The day of its last use, UTC; null before the first.
             * @example 2026-11-22
             */
            lastUsedDay: string | null;
        };
        TrustedDeviceDto: {
            /**
             * Format: uuid
             * @description Id of the device.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId: string;
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            trustedAt: string;
            /**
             * Format: date-time
             * @description When it is asked again.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
        };
        MfaStateDto: {
            /** @description Oldest first. With one, signing in takes one. */
            factors: components["schemas"]["FactorDto"][];
            /**
             * @description Recovery codes that were not used.
             * @example 10
             */
            recoveryCodesLeft: number;
            /** @description Devices that sign in without a second factor, the newest first. */
            trustedDevices: components["schemas"]["TrustedDeviceDto"][];
        };
        BeginTotpDto: {
            /**
             * Format: base64url
             * @description The secret of the account, again.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            authKey: string;
            /**
             * @description What to call it.
             * @example Phone
             */
            name: string;
        };
        BegunTotpDto: {
            /**
             * Format: uuid
             * @description Id of the factor.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description What its codes come of, in base32.
             * @example JBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * @description The same for an authenticator app, also as a QR code.
             * @example otpauth://totp/Sealpost:ada%40chat.example.org?secret=JBSWY3DPEHPK3PXP&issuer=Sealpost
             */
            uri: string;
        };
        TotpCodeDto: {
            /**
             * @description The code that the app shows.
             * @example 492039
             */
            code: string;
        };
        AddedFactorDto: {
            /** @description What was added. */
            factor: components["schemas"]["FactorDto"];
            /**
             * @description Recovery codes, for an account that had none. They are not shown again.
             * @example [
             *       "03-K5QW-7TZA-M2XE-LNGB"
             *     ]
             */
            recoveryCodes?: string[];
        };
        ConfirmMfaDto: {
            /**
             * Format: base64url
             * @description The secret of the account, again.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            authKey: string;
        };
        RelyingPartyDto: {
            /**
             * @description Host that the passkey is for.
             * @example chat.example.org
             */
            id: string;
            /**
             * @description For people.
             * @example Sealpost
             */
            name: string;
        };
        PasskeyUserDto: {
            /**
             * Format: base64url
             * @description The bytes of the account’s id.
             * @example c2VhbGVkc2VhbGVkc2VhbA
             */
            id: string;
            /**
             * @description The username.
             * @example ada
             */
            name: string;
            /**
             * @description The username, too.
             * @example ada
             */
            displayName: string;
        };
        PasskeyAlgorithmDto: {
            /**
             * @description Always `public-key`.
             * @example public-key
             */
            type: string;
            /**
             * @description Number of a COSE algorithm.
             * @example -7
             */
            alg: number;
        };
        PasskeyDescriptorDto: {
            /**
             * @description Always `public-key`.
             * @example public-key
             */
            type: string;
            /**
             * Format: base64url
             * @description Id of the credential.
             * @example c2VhbGVk
             */
            id: string;
        };
        AuthenticatorSelectionDto: {
            /**
             * @description Whether it can sign in without a name being typed.
             * @example preferred
             */
            residentKey: string;
            /**
             * @description Whether the authenticator is to know its user.
             * @example preferred
             */
            userVerification: string;
        };
        PasskeyCreationDto: {
            /**
             * Format: base64url
             * @description What `addPasskey` is to name.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            challenge: string;
            /** @description Whom the passkey signs in to. */
            rp: components["schemas"]["RelyingPartyDto"];
            /** @description Whom it signs in. */
            user: components["schemas"]["PasskeyUserDto"];
            /** @description Keys that will do, the best first. */
            pubKeyCredParams: components["schemas"]["PasskeyAlgorithmDto"][];
            /**
             * Format: int64
             * @description Milliseconds.
             * @example 300000
             */
            timeout: number;
            /** @description Passkeys that there are already. */
            excludeCredentials: components["schemas"]["PasskeyDescriptorDto"][];
            /** @description What the authenticator should be able to. */
            authenticatorSelection: components["schemas"]["AuthenticatorSelectionDto"];
            /**
             * @description Which authenticator it is, the relay does not ask.
             * @example none
             */
            attestation: string;
        };
        AddPasskeyDto: {
            /**
             * Format: base64url
             * @description The challenge of the options.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            challenge: string;
            /**
             * @description What to call it.
             * @example Security key
             */
            name: string;
            /**
             * Format: base64url
             * @description `id` of the credential.
             * @example cw
             */
            credentialId: string;
            /**
             * Format: base64url
             * @description `response.clientDataJSON`.
             * @example cw
             */
            clientDataJSON: string;
            /**
             * Format: base64url
             * @description `response.attestationObject`.
             * @example cw
             */
            attestationObject: string;
        };
        RecoveryCodesDto: {
            /**
             * @description Each stands in once for a second factor. They are not shown again.
             * @example [
             *       "03-K5QW-7TZA-M2XE-LNGB"
             *     ]
             */
            codes: string[];
        };
        TotpProofDto: {
            /**
             * @description A code of an authenticator app. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            kind: "totp";
            /**
             * @description Six digits. Each code is taken once.
             * @example 492039
             */
            code: string;
        };
        RecoveryCodeProofDto: {
            /**
             * @description A code that was kept for when other factors are lost. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            kind: "recovery_code";
            /**
             * @description As it was shown. Each is taken once.
             * @example 03-K5QW-7TZA-M2XE-LNGB
             */
            code: string;
        };
        PasskeyProofDto: {
            /**
             * Format: base64url
             * @description `id` of the credential.
             * @example cw
             */
            credentialId: string;
            /**
             * Format: base64url
             * @description `response.clientDataJSON`.
             * @example cw
             */
            clientDataJSON: string;
            /**
             * Format: base64url
             * @description `response.authenticatorData`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkcw
             */
            authenticatorData: string;
            /**
             * Format: base64url
             * @description `response.signature`.
             * @example cw
             */
            signature: string;
            /**
             * Format: base64url
             * @description `response.userHandle`, if there is one.
             * @example cw
             */
            userHandle?: string;
            /**
             * @description What `navigator.credentials.get` gave, for the options that came with the challenge. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            kind: "passkey";
        };
        MfaAnswerDto: {
            /**
             * Format: base64url
             * @description The challenge of `mfa_required`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            challenge: string;
            /** @description The second factor. */
            proof: components["schemas"]["TotpProofDto"] | components["schemas"]["RecoveryCodeProofDto"] | components["schemas"]["PasskeyProofDto"];
        };
        AdminUserDto: {
            /**
             * Format: uuid
             * @description The account; what security events of admins refer to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Its name.
             * @example ada
             */
            username: string;
            /**
             * @description What it wants to be called.
             * @example Ada Lovelace
             */
            displayName: string;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description Whether its owner can sign in. Today one of `active`, `suspended`; there may be others.
             * @example active
             */
            state: string;
            /** @description Whether it administers the relay. */
            admin: boolean;
            /** @description Of a suspended account. */
            suspension: components["schemas"]["NullableSuspensionDto"];
            /**
             * @description The day on which one of its devices was last seen, UTC; null without a device.
             * @example 2026-11-22
             */
            lastSeenDay: string | null;
            /**
             * Format: int64
             * @description How many devices it has.
             * @example 2
             */
            devices: number;
            /**
             * Format: int64
             * @description In how many sessions it is signed in.
             * @example 2
             */
            sessions: number;
            /** @description Whether signing in takes a second factor. */
            secondFactor: boolean;
            /**
             * Format: int64
             * @description Bytes of the attachments that it has uploaded, and of its vault.
             * @example 1048576
             */
            storedBytes: number;
        };
        AdminUserListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description By username. */
            items: components["schemas"]["AdminUserDto"][];
        };
        SuspendDto: {
            /**
             * @description What admins should know of it. It is shown to admins only.
             * @example Sends advertisements.
             */
            reason: string;
        };
        MfaResetDto: {
            /**
             * Format: uuid
             * @description Id of the request.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description Whose second factors are to be reset.
             * @example ada
             */
            username: string;
            /**
             * @description The admin who asked; another one has to agree.
             * @example grace
             */
            askedBy: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-22T09:30:00.000Z
             */
            askedAt: string;
            /**
             * Format: date-time
             * @description Until when somebody can agree.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
        };
        MfaResetListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Oldest first. */
            items: components["schemas"]["MfaResetDto"][];
        };
        AskMfaResetDto: {
            /**
             * @description Whose second factors are to be reset.
             * @example ada
             */
            username: string;
        };
        InvitationDto: {
            /**
             * Format: uuid
             * @description Its id, which is not its code.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description What the admin noted who made it.
             * @example The choir
             */
            note: string;
            /**
             * @description How many may register by it in all.
             * @example 1
             */
            uses: number;
            /**
             * @description How many still may. Who has, is noted nowhere.
             * @example 1
             */
            usesLeft: number;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it is good.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
        };
        InvitationListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Newest first; also those that are used up, and those that expired within 30 days. */
            items: components["schemas"]["InvitationDto"][];
        };
        MakeInvitationDto: {
            /**
             * @description For admins to know it by; none when absent. Whoever is invited does not see it.
             * @example The new ones of the choir
             */
            note?: string;
            /**
             * @description How many may register by it.
             * @example 1
             */
            uses: number;
            /**
             * @description Seconds for which it is good; 604800 (a week) when absent.
             * @example 604800
             */
            expiresIn?: number;
        };
        NewInvitationDto: {
            /**
             * Format: uuid
             * @description Its id, which is not its code.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description What the admin noted who made it.
             * @example The choir
             */
            note: string;
            /**
             * @description How many may register by it in all.
             * @example 1
             */
            uses: number;
            /**
             * @description How many still may. Who has, is noted nowhere.
             * @example 1
             */
            usesLeft: number;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it is good.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
            /**
             * Format: base64url
             * @description What whoever is invited registers with. The relay has a hash of it, and cannot show it again.
             * @example c2VhbGVkc2VhbGVkc2VhbA
             */
            code: string;
        };
        Argon2idKdfDto: {
            /**
             * Format: base64url
             * @description Salt of the derivation. Registration takes the one that `GET /auth/kdf` answers.
             * @example q83vEjRWeJCrze8SNFZ4kA
             */
            salt: string;
            /**
             * @description Argon2id (RFC 9106). (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            algorithm: "argon2id";
            /**
             * @description Memory in KiB; at least 65536.
             * @example 65536
             */
            memoryKiB: number;
            /**
             * @description Passes; at least 3.
             * @example 3
             */
            iterations: number;
            /**
             * @description Lanes.
             * @example 1
             */
            parallelism: number;
        };
        Pbkdf2KdfDto: {
            /**
             * Format: base64url
             * @description Salt of the derivation. Registration takes the one that `GET /auth/kdf` answers.
             * @example q83vEjRWeJCrze8SNFZ4kA
             */
            salt: string;
            /**
             * @description PBKDF2 with HMAC-SHA-256 (RFC 8018), for clients that have only WebCrypto. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            algorithm: "pbkdf2-sha256";
            /**
             * @description Rounds; at least 600000.
             * @example 600000
             */
            iterations: number;
        };
        DeviceNameDto: {
            /**
             * @description What its owner calls it. Shown to nobody else.
             * @example Laptop
             */
            name: string;
        };
        RegisterDto: {
            /**
             * @description The name to have. It cannot be changed.
             * @example ada
             */
            username: string;
            /**
             * @description What to be called; the username when absent.
             * @example Ada Lovelace
             */
            displayName?: string;
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
            /** @description How the client derives its keys from the password. */
            kdf: components["schemas"]["Argon2idKdfDto"] | components["schemas"]["Pbkdf2KdfDto"];
            /** @description The first device. */
            device: components["schemas"]["DeviceNameDto"];
            /**
             * @description Where the refresh token goes, for the life of the session: `body` (default), or `cookie` for browsers, which needs a matching Origin and the header `sealpost-csrf: 1`.
             * @example body
             * @enum {string}
             */
            transport?: "body" | "cookie";
            /**
             * Format: base64url
             * @description The code of an invitation, where registering takes one (`registration` of the server). Elsewhere nobody looks at it.
             * @example c2VhbGVkc2VhbGVkc2VhbA
             */
            invitation?: string;
        };
        AccountDto: {
            /**
             * Format: uuid
             * @description Id of the account.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description Its name; never given out again.
             * @example ada
             */
            username: string;
            /**
             * @description What it wants to be called.
             * @example Ada Lovelace
             */
            displayName: string;
            /**
             * @description Who may start a conversation with it: everyone, or contacts while others can only ask. Today one of `everyone`, `contacts`; there may be others.
             * @example everyone
             */
            privacy: string;
            /** @description Whether it administers the relay. */
            admin: boolean;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
        };
        DeviceDto: {
            /**
             * Format: uuid
             * @description Id of the device.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description What its owner calls it.
             * @example Laptop
             */
            name: string;
            /**
             * @description UTC date of its last sign-in or refresh.
             * @example 2026-11-22
             */
            lastSeenDay: string;
            /** @description Whether it is the device that asks. */
            current: boolean;
        };
        SignedInDto: {
            /**
             * Format: uuid
             * @description The session that the tokens belong to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            sessionId: string;
            /**
             * @description For `Authorization: Bearer` and for the handshake of sockets. Opaque.
             * @example eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk
             */
            accessToken: string;
            /**
             * Format: int64
             * @description Seconds until the access token expires.
             * @example 600
             */
            expiresIn: number;
            /**
             * Format: base64url
             * @description Good for one refresh. Absent when it travels in the cookie.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            refreshToken?: string;
            /** @description Who signed in. */
            account: components["schemas"]["AccountDto"];
            /** @description The device that signed in. */
            device: components["schemas"]["DeviceDto"];
            /**
             * Format: base64url
             * @description For a device that is trusted from now on, to be kept there and shown by it at its next sign-in.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            trustToken?: string;
        };
        LoginDto: {
            /**
             * @description Who signs in.
             * @example ada
             */
            username: string;
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
            /**
             * Format: uuid
             * @description The device that signs in, if the account has it already.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId?: string;
            /** @description The new device that signs in; either this or `deviceId`. */
            device?: components["schemas"]["DeviceNameDto"];
            /**
             * @description Where the refresh token goes, for the life of the session: `body` (default), or `cookie` for browsers, which needs a matching Origin and the header `sealpost-csrf: 1`.
             * @example body
             * @enum {string}
             */
            transport?: "body" | "cookie";
            /**
             * Format: base64url
             * @description Of a device that is trusted: it is not asked for a second factor. Goes with `deviceId`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            trustToken?: string;
            /** @description Keeps an account that is to be deleted. Without it, such an account is not let in (`account_deletion_pending`). */
            cancelDeletion?: boolean;
        };
        RefreshDto: {
            /**
             * Format: base64url
             * @description The refresh token; absent when it travels in the cookie.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            refreshToken?: string;
        };
        TokensDto: {
            /**
             * Format: uuid
             * @description The session that the tokens belong to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            sessionId: string;
            /**
             * @description For `Authorization: Bearer` and for the handshake of sockets. Opaque.
             * @example eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk
             */
            accessToken: string;
            /**
             * Format: int64
             * @description Seconds until the access token expires.
             * @example 600
             */
            expiresIn: number;
            /**
             * Format: base64url
             * @description Good for one refresh. Absent when it travels in the cookie.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            refreshToken?: string;
        };
        ChangeAccountDto: {
            /**
             * @description What to be called.
             * @example Ada Lovelace
             */
            displayName?: string;
            /**
             * @description Who may start a conversation with me.
             * @example everyone
             * @enum {string}
             */
            privacy?: "everyone" | "contacts";
        };
        DeleteAccountDto: {
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
            /** @description Whether to delete at once. Else there is some time to think again. */
            now?: boolean;
        };
        NewRootDto: {
            /**
             * Format: base64url
             * @description The root of the vault, as the client wrapped it; opaque.
             * @example c2VhbGVk
             */
            body: string;
            /**
             * Format: int64
             * @description The version of `root` that it replaces; 0 if there is none yet.
             * @example 1
             */
            version: number;
        };
        ChangePasswordDto: {
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
            /**
             * Format: base64url
             * @description The authKey of the new password.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            newAuthKey: string;
            /** @description How the client derives its keys from the new password; any fresh salt. */
            newKdf: components["schemas"]["Argon2idKdfDto"] | components["schemas"]["Pbkdf2KdfDto"];
            /** @description Whether other sessions may go on. By default they end. */
            keepOtherSessions?: boolean;
            /** @description The root of the vault under the new password; required if the vault has a `root`. */
            vaultRoot?: components["schemas"]["NewRootDto"];
        };
        WrappedRootDto: {
            /**
             * Format: base64url
             * @description The root of the vault, as the client wrapped it; opaque.
             * @example c2VhbGVk
             */
            body: string;
        };
        SetRecoveryDto: {
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the recovery code for the relay. The code itself never leaves the client.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            recoveryKey: string;
            /** @description The root under the recovery code: `root.recovery` of the vault. */
            vaultRoot: components["schemas"]["WrappedRootDto"];
        };
        ConfirmDto: {
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
        };
        OpenRecoveryDto: {
            /**
             * @description Whose password is lost.
             * @example ada
             */
            username: string;
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the recovery code for the relay. The code itself never leaves the client.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            recoveryKey: string;
        };
        OpenedRecoveryDto: {
            /**
             * Format: uuid
             * @description Id of the account, which the wrapped root is bound to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /** @description The root under the recovery code. */
            vaultRoot: components["schemas"]["WrappedRootDto"];
            /** @description The live devices: one of them may sign in again, by its id. */
            devices: components["schemas"]["DeviceDto"][];
        };
        NextRecoveryDto: {
            /**
             * Format: base64url
             * @description The key of a fresh recovery code: the old one is spent.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            recoveryKey: string;
            /** @description The root under the fresh code. */
            vaultRoot: components["schemas"]["WrappedRootDto"];
        };
        CompleteRecoveryDto: {
            /**
             * @description Whose password is lost.
             * @example ada
             */
            username: string;
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the recovery code for the relay. The code itself never leaves the client.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            recoveryKey: string;
            /**
             * Format: base64url
             * @description The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey: string;
            /** @description How the client derives its keys from the new password; any fresh salt. */
            kdf: components["schemas"]["Argon2idKdfDto"] | components["schemas"]["Pbkdf2KdfDto"];
            /** @description The root under the new password: `root` of the vault. */
            vaultRoot: components["schemas"]["WrappedRootDto"];
            /** @description What the next recovery takes. */
            recovery: components["schemas"]["NextRecoveryDto"];
            /**
             * Format: uuid
             * @description The device that signs in, if the account has it already.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId?: string;
            /** @description The new device that signs in; either this or `deviceId`. */
            device?: components["schemas"]["DeviceNameDto"];
            /**
             * @description Where the refresh token goes, for the life of the session: `body` (default), or `cookie` for browsers, which needs a matching Origin and the header `sealpost-csrf: 1`.
             * @example body
             * @enum {string}
             */
            transport?: "body" | "cookie";
            /** @description The second factor that `mfa_required` asked for. */
            mfa?: components["schemas"]["MfaAnswerDto"];
            /** @description Keeps an account that is to be deleted. Without it, such an account is not let in (`account_deletion_pending`). The same again, with it, is taken. */
            cancelDeletion?: boolean;
        };
        FinishSignInDto: {
            /**
             * Format: base64url
             * @description The challenge of `mfa_required`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            challenge: string;
            /** @description The second factor. */
            proof: components["schemas"]["TotpProofDto"] | components["schemas"]["RecoveryCodeProofDto"] | components["schemas"]["PasskeyProofDto"];
            /**
             * Format: uuid
             * @description As in the sign-in.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId?: string;
            /** @description As in the sign-in. */
            device?: components["schemas"]["DeviceNameDto"];
            /**
             * @description Where the refresh token goes, for the life of the session: `body` (default), or `cookie` for browsers, which needs a matching Origin and the header `sealpost-csrf: 1`.
             * @example body
             * @enum {string}
             */
            transport?: "body" | "cookie";
            /** @description Whether this device need not be asked again for 30 days. */
            trustDevice?: boolean;
            /** @description Keeps an account that is to be deleted. Without it, such an account is not let in (`account_deletion_pending`). The same answer again, with it, is taken. */
            cancelDeletion?: boolean;
        };
        PasskeyRequestDto: {
            /**
             * Format: base64url
             * @description What the authenticator signs: the challenge.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            challenge: string;
            /**
             * @description Host that the passkeys are for.
             * @example chat.example.org
             */
            rpId: string;
            /**
             * Format: int64
             * @description Milliseconds.
             * @example 300000
             */
            timeout: number;
            /**
             * @description `required` where the passkey is all that is asked for.
             * @example preferred
             */
            userVerification: string;
            /** @description Whose assertions count; empty where any will do. */
            allowCredentials: components["schemas"]["PasskeyDescriptorDto"][];
        };
        MfaChallengeDto: {
            /**
             * Format: base64url
             * @description Names what is asked for. Good for one right answer, from the same address.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            challenge: string;
            /**
             * @description Which factors the account has. Today of `totp`, `passkey`, `recovery_code`; there may be others.
             * @example [
             *       "totp",
             *       "passkey",
             *       "recovery_code"
             *     ]
             */
            kinds: string[];
            /**
             * Format: int64
             * @description Seconds until it is void.
             * @example 300
             */
            expiresIn: number;
            /** @description For the browser, where a passkey will do. */
            passkey?: components["schemas"]["PasskeyRequestDto"];
        };
        PasskeyAssertionDto: {
            /**
             * Format: base64url
             * @description `id` of the credential.
             * @example cw
             */
            credentialId: string;
            /**
             * Format: base64url
             * @description `response.clientDataJSON`.
             * @example cw
             */
            clientDataJSON: string;
            /**
             * Format: base64url
             * @description `response.authenticatorData`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkcw
             */
            authenticatorData: string;
            /**
             * Format: base64url
             * @description `response.signature`.
             * @example cw
             */
            signature: string;
            /**
             * Format: base64url
             * @description `response.userHandle`, if there is one.
             * @example cw
             */
            userHandle?: string;
        };
        PasskeySignInDto: {
            /**
             * Format: base64url
             * @description The challenge of the options.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            challenge: string;
            /** @description What `navigator.credentials.get` gave. */
            assertion: components["schemas"]["PasskeyAssertionDto"];
            /**
             * Format: uuid
             * @description The device that signs in, if the account has it already.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId?: string;
            /** @description The new device that signs in; either this or `deviceId`. */
            device?: components["schemas"]["DeviceNameDto"];
            /**
             * @description Where the refresh token goes, for the life of the session: `body` (default), or `cookie` for browsers, which needs a matching Origin and the header `sealpost-csrf: 1`.
             * @example body
             * @enum {string}
             */
            transport?: "body" | "cookie";
            /** @description Keeps an account that is to be deleted. Without it, such an account is not let in (`account_deletion_pending`). It takes another challenge, and another signature. */
            cancelDeletion?: boolean;
        };
        SessionDto: {
            /**
             * Format: uuid
             * @description Id of the session.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: uuid
             * @description The device that signed in.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId: string;
            /**
             * @description How its refresh token travels. Today one of `body`, `cookie`; there may be others.
             * @example body
             */
            transport: string;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last refreshed.
             * @example 2026-11-22T09:30:00.000Z
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description When it ends at the latest.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
            /** @description Whether it is the session that asks. */
            current: boolean;
        };
        SessionListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Live sessions, newest first. */
            items: components["schemas"]["SessionDto"][];
        };
        DeviceListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Live devices, oldest first; all of them. */
            items: components["schemas"]["DeviceDto"][];
        };
        SignedDeviceListDto: {
            /** @description 1 for the first list of the account, and one more with each. */
            version: number;
            /** @description Which identity key signed, by its version: not the current one, while the key was replaced since. */
            keyVersion: number;
            /**
             * Format: base64url
             * @description The canonical bytes of the list (docs/protocol.md, “Device lists”), as they were signed.
             * @example cw
             */
            body: string;
            /**
             * Format: base64url
             * @description By the identity key over the body.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA
             */
            signature: string;
            /**
             * Format: date-time
             * @description When it was uploaded.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
        };
        PeerDeviceDto: {
            /**
             * Format: uuid
             * @description Id of the device.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
        };
        PeerDeviceListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Live devices, oldest first; all of them. */
            items: components["schemas"]["PeerDeviceDto"][];
            /** @description The devices that the account vouches for, whatever the relay says; null if it never signed a list. */
            list: components["schemas"]["NullableSignedDeviceListDto"];
            /** @description Between `listsAfter` and the list, oldest first; of more than fit, the newest. None unless asked for. */
            earlierLists: components["schemas"]["SignedDeviceListDto"][];
        };
        PutDeviceListDto: {
            /** @description 1 for the first list of the account, and one more with each. */
            version: number;
            /**
             * Format: base64url
             * @description The canonical bytes of the list (docs/protocol.md, “Device lists”), as they were signed.
             * @example cw
             */
            body: string;
            /**
             * Format: base64url
             * @description By the identity key over the body.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA
             */
            signature: string;
        };
        KeyPackageDraftDto: {
            /**
             * Format: base64url
             * @description A `KeyPackage` (RFC 9420 §10).
             * @example cw
             */
            body: string;
            /** @description To be handed out when nothing else is left, as often as need be. Replaces the one before of its suite. */
            lastResort?: boolean;
        };
        UploadKeyPackagesDto: {
            /** @description Of this device. */
            keyPackages: components["schemas"]["KeyPackageDraftDto"][];
        };
        KeyPackageStockDto: {
            /**
             * @description Id of the cipher suite of MLS (docs/protocol.md, “Key packages”).
             * @example 83
             */
            suite: number;
            /**
             * Format: int64
             * @description How many wait that are for one use each.
             * @example 50
             */
            available: number;
            /** @description Whether there is a last resort. */
            lastResort: boolean;
        };
        KeyPackageCountsDto: {
            /** @description One for each suite. */
            counts: components["schemas"]["KeyPackageStockDto"][];
        };
        ClaimKeyPackagesDto: {
            /**
             * @description Id of the cipher suite of MLS (docs/protocol.md, “Key packages”). The default one, if left out.
             * @example 83
             */
            suite?: number;
            /**
             * @description Only of these devices; of all of them, if left out.
             * @example [
             *       "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11"
             *     ]
             */
            deviceIds?: string[];
        };
        ClaimedKeyPackageDto: {
            /**
             * Format: uuid
             * @description Of which device.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId: string;
            /**
             * Format: base64url
             * @description SHA-256 of the body.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            ref: string;
            /**
             * Format: base64url
             * @description A `KeyPackage` (RFC 9420 §10).
             * @example cw
             */
            body: string;
            /** @description Whether others may have got it, too. */
            lastResort: boolean;
        };
        ClaimDto: {
            /**
             * Format: uuid
             * @description The account of the name, as its list of devices names it.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /** @description What the account signed, against which each key package is to be held; null if it never did. */
            list: components["schemas"]["NullableSignedDeviceListDto"];
            /** @description One of each device that has any. */
            keyPackages: components["schemas"]["ClaimedKeyPackageDto"][];
            /**
             * @description Devices that were asked for, of which there is none.
             * @example [
             *       "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11"
             *     ]
             */
            without: string[];
        };
        UploadKeyDto: {
            /**
             * @description What the key is for; only `ed25519` keys can sign their successor.
             * @example ed25519
             * @enum {string}
             */
            algorithm: "ed25519" | "x25519" | "p256";
            /**
             * Format: base64url
             * @description The raw public key: 32 bytes, or the uncompressed point of 65 bytes for `p256`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            publicKey: string;
            /** @description The version that is to be replaced; absent for the first key. */
            version?: number;
            /**
             * Format: base64url
             * @description By the current Ed25519 key over the new link (docs/protocol.md, “Identity keys”).
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA
             */
            signature?: string;
            /** @description Replaces the key without its signature. Everyone who knows the account is told. */
            reset?: boolean;
            /**
             * Format: base64url
             * @description The secret of the account, again; required for a reset.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            authKey?: string;
        };
        IdentityKeyDto: {
            /**
             * Format: uuid
             * @description The account, as its links name it.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Whose key it is.
             * @example ada
             */
            username: string;
            /**
             * @description What the key is for. Today one of `ed25519`, `x25519`, `p256`; there may be others.
             * @example ed25519
             */
            algorithm: string;
            /**
             * Format: base64url
             * @description The raw public key.
             * @example c2VhbGVk
             */
            publicKey: string;
            /**
             * @description SHA-256 of the raw public key, in hex.
             * @example abababababababababababababababababababababababababababababababab
             */
            fingerprint: string;
            /**
             * Format: int64
             * @description 1 for the first key of the account, and one more with each that replaced it.
             */
            version: number;
            /**
             * Format: base64url
             * @description SHA-256 of the link before; zeros for version 1.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            prevHash: string;
            /**
             * Format: base64url
             * @description By the key before, over this link; null for version 1 and after a reset.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA
             */
            signature: string | null;
            /**
             * Format: date-time
             * @description When it was uploaded.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
        };
        KeyHistoryDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Oldest first: each link holds the hash of the one before. */
            items: components["schemas"]["IdentityKeyDto"][];
        };
        OpenLinkingDto: {
            /**
             * Format: base64url
             * @description What the new device says first: its ephemeral public key.
             * @example c2VhbGVk
             */
            offer: string;
        };
        OpenedLinkingDto: {
            /**
             * @description Id of the slot: 128 random bits.
             * @example q83vEjRWeJCrze8SNFZ4kA
             */
            slotId: string;
            /**
             * Format: base64url
             * @description By which the new device, and nobody else, reads the slot. Shown once.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            readKey: string;
            /**
             * Format: date-time
             * @description When the slot is gone: two minutes after it was opened.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
        };
        LinkingOfferDto: {
            /**
             * Format: base64url
             * @description What the new device said.
             * @example c2VhbGVk
             */
            offer: string;
            /**
             * Format: date-time
             * @description When the slot is gone.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
        };
        AnswerLinkingDto: {
            /**
             * Format: base64url
             * @description What the old device answers: its ephemeral public key.
             * @example c2VhbGVk
             */
            answer: string;
        };
        ProvideLinkingDto: {
            /**
             * Format: base64url
             * @description What is handed over, sealed for the new device.
             * @example c2VhbGVk
             */
            provisioning: string;
        };
        ReadLinkingDto: {
            /**
             * Format: base64url
             * @description The key that opening the slot answered.
             * @example 74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw
             */
            readKey: string;
        };
        LinkingReplyDto: {
            /**
             * Format: base64url
             * @description The answer, or null while there is none.
             * @example c2VhbGVk
             */
            answer: string | null;
            /**
             * Format: base64url
             * @description What is handed over, or null while there is nothing.
             * @example c2VhbGVk
             */
            provisioning: string | null;
        };
        ContactDto: {
            /**
             * Format: uuid
             * @description Their account, the `subject` of `contacts` changes.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Their name.
             * @example ada
             */
            username: string;
            /**
             * @description What they call themselves.
             * @example Ada Lovelace
             */
            displayName: string;
            /**
             * @description What I decided. Today one of `accepted`, `blocked`; there may be others.
             * @example accepted
             */
            state: string;
            /**
             * Format: date-time
             * @description When I decided.
             * @example 2026-11-22T09:30:00.000Z
             */
            changedAt: string;
        };
        ContactListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description By username. */
            items: components["schemas"]["ContactDto"][];
        };
        DecideContactDto: {
            /**
             * @description `accepted` lets them start conversations with me; `blocked` keeps them from it, and ends ours.
             * @example accepted
             * @enum {string}
             */
            state: "accepted" | "blocked";
        };
        ProfileDto: {
            /**
             * Format: uuid
             * @description The account; what keys, members and changes refer to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Their name; never given to anybody else.
             * @example ada
             */
            username: string;
            /**
             * @description What they call themselves.
             * @example Ada Lovelace
             */
            displayName: string;
        };
        CreateConversationDto: {
            /**
             * @description `direct` needs `with`; `group` needs `members` and may have `id` and `metadata`.
             * @example direct
             * @enum {string}
             */
            kind: "direct" | "group";
            /**
             * @description How its content is encrypted: any ciphertext, which is meant when absent, or an MLS group. Two people have one direct conversation of each.
             * @example opaque
             * @enum {string}
             */
            protocol?: "opaque" | "mls";
            /**
             * @description direct: the other one.
             * @example grace
             */
            with?: string;
            /**
             * @description group: the other members. With `mls` there are none yet: they come in by commits.
             * @example [
             *       "grace"
             *     ]
             */
            members?: string[];
            /**
             * Format: uuid
             * @description group: the id it shall have. The same id again finds the group made before.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id?: string;
            /**
             * Format: base64url
             * @description group: its title and picture, encrypted by the client.
             * @example cw
             */
            metadata?: string;
        };
        LeafDto: {
            /**
             * Format: int64
             * @description Index of the leaf in the ratchet tree.
             * @example 3
             */
            leaf: number;
            /**
             * Format: uuid
             * @description Whose device it stands for.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * Format: uuid
             * @description The device.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            deviceId: string;
        };
        RetentionDto: {
            /**
             * @description Seconds after which a message that is written from then on is erased; null keeps it.
             * @example 604800
             */
            expireAfter: number | null;
            /**
             * @description Whether a message is erased once every device of every member has stored it, as its cursors say.
             * @example false
             */
            afterDelivery: boolean;
        };
        StayDto: {
            /**
             * Format: int64
             * @description The first entry I may read.
             * @example 1
             */
            from: number;
            /**
             * Format: int64
             * @description The last one, which ended the stay; null while it lasts.
             * @example 12
             */
            to: number | null;
        };
        MemberDto: {
            /**
             * Format: uuid
             * @description Their account.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Their name.
             * @example ada
             */
            username: string;
            /**
             * @description What they call themselves.
             * @example Ada Lovelace
             */
            displayName: string;
            /**
             * @description What they may do. Today one of `owner`, `admin`, `member`; there may be others.
             * @example owner
             */
            role: string;
            /**
             * @description `invited` until they accept. Today one of `invited`, `joined`; there may be others.
             * @example invited
             */
            state: string;
        };
        ConversationDetailsDto: {
            /**
             * Format: uuid
             * @description The conversation.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description Between two, or of a group. Today one of `direct`, `group`; there may be others.
             * @example direct
             */
            kind: string;
            /**
             * @description How its content is encrypted, as far as the relay knows. Today one of `opaque`, `mls`; there may be others.
             * @example opaque
             */
            protocol: string;
            /**
             * Format: date-time
             * @description When it was started.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description Whether I am in it, am asked to join, or left (or was removed). Today one of `joined`, `invited`, `left`; there may be others.
             * @example joined
             */
            state: string;
            /**
             * @description What I may do; null unless I am in it. Today one of `owner`, `admin`, `member`; there may be others.
             * @example owner
             */
            role: string | null;
            /**
             * Format: int64
             * @description The last entry I may read; 0 when there is none.
             * @example 12
             */
            headSeq: number;
            /** @description From when to when I was in it: exactly these entries are mine to read. */
            stays: components["schemas"]["StayDto"][];
            /** @description direct: the other one. */
            peer: components["schemas"]["NullablePersonDto"];
            /** @description Who asks me to join, while I have not answered. */
            invitedBy: components["schemas"]["NullablePersonDto"];
            /**
             * Format: int64
             * @description The entry that changed the members last; 0 if none did. Null unless I am in it.
             * @example 1
             */
            rosterSeq: number | null;
            /** @description Who is in it now; empty unless I am. */
            members: components["schemas"]["MemberDto"][];
            /**
             * Format: base64url
             * @description The newest metadata; null if there is none, or I am not in it.
             * @example c2VhbGVk
             */
            metadata: string | null;
            /** @description Of protocol `mls`, for whoever is in it. */
            group: components["schemas"]["NullableGroupDto"];
            /** @description How long messages are kept, for whoever is in it. */
            retention: components["schemas"]["NullableRetentionDto"];
        };
        ConversationDto: {
            /**
             * Format: uuid
             * @description The conversation.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description Between two, or of a group. Today one of `direct`, `group`; there may be others.
             * @example direct
             */
            kind: string;
            /**
             * @description How its content is encrypted, as far as the relay knows. Today one of `opaque`, `mls`; there may be others.
             * @example opaque
             */
            protocol: string;
            /**
             * Format: date-time
             * @description When it was started.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description Whether I am in it, am asked to join, or left (or was removed). Today one of `joined`, `invited`, `left`; there may be others.
             * @example joined
             */
            state: string;
            /**
             * @description What I may do; null unless I am in it. Today one of `owner`, `admin`, `member`; there may be others.
             * @example owner
             */
            role: string | null;
            /**
             * Format: int64
             * @description The last entry I may read; 0 when there is none.
             * @example 12
             */
            headSeq: number;
            /** @description From when to when I was in it: exactly these entries are mine to read. */
            stays: components["schemas"]["StayDto"][];
            /** @description direct: the other one. */
            peer: components["schemas"]["NullablePersonDto"];
            /** @description Who asks me to join, while I have not answered. */
            invitedBy: components["schemas"]["NullablePersonDto"];
        };
        ConversationListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Newest first. */
            items: components["schemas"]["ConversationDto"][];
        };
        AddMembersDto: {
            /**
             * Format: uuid
             * @description The id of the entry that says so. The same id again is the same request.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id?: string;
            /**
             * @description Whom to add.
             * @example [
             *       "grace"
             *     ]
             */
            members: string[];
            /**
             * @description What they may do; `member` when absent. Only the owner adds admins.
             * @example member
             * @enum {string}
             */
            role?: "member" | "admin";
        };
        EntrySeqDto: {
            /**
             * Format: int64
             * @description Position of the entry that says what changed; null when nothing did.
             * @example 7
             */
            seq: number | null;
        };
        RemoveMembersDto: {
            /**
             * Format: uuid
             * @description The id of the entry that says so. The same id again is the same request.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id?: string;
            /**
             * @description Whom to remove; who is no member is passed over.
             * @example [
             *       "grace"
             *     ]
             */
            members: string[];
        };
        ChangeRoleDto: {
            /**
             * @description Their new role. Giving `owner` makes the caller an admin.
             * @example owner
             * @enum {string}
             */
            role: "owner" | "admin" | "member";
        };
        SetMetadataDto: {
            /**
             * Format: uuid
             * @description The id of the entry. The same id again is the same change.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id: string;
            /**
             * Format: base64url
             * @description Title and picture, encrypted by the client.
             * @example cw
             */
            metadata: string;
        };
        CommitDto: {
            /**
             * Format: uuid
             * @description Chosen by the client, and signed in the commit: the same id again is the same commit.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id: string;
            /**
             * Format: base64url
             * @description The commit, as an MLSMessage with a PublicMessage. Its `authenticated_data` says what it makes of the roster.
             * @example cw
             */
            commit: string;
            /**
             * Format: base64url
             * @description An MLSMessage with the Welcome for the devices that the commit adds; absent when it adds none.
             * @example cw
             */
            welcome?: string;
            /**
             * Format: base64url
             * @description An MLSMessage with the GroupInfo of the epoch that the commit begins, its tree and external key included.
             * @example cw
             */
            groupInfo: string;
        };
        CommittedDto: {
            /**
             * Format: uuid
             * @description The id it was sent with.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: int64
             * @description Its position in the log.
             * @example 17
             */
            seq: number;
            /**
             * Format: int64
             * @description Which group it is of its conversation.
             * @example 1
             */
            generation: number;
            /**
             * Format: int64
             * @description The epoch from then on.
             * @example 8
             */
            epoch: number;
            /**
             * @description True when this id was sent before, and nothing new was stored.
             * @example false
             */
            duplicate: boolean;
        };
        GroupInfoDto: {
            /**
             * Format: base64url
             * @description An MLSMessage with the GroupInfo of the current epoch.
             * @example cw
             */
            groupInfo: string;
            /**
             * Format: int64
             * @description Which group it is of its conversation.
             * @example 1
             */
            generation: number;
            /**
             * Format: int64
             * @description The epoch that it is of.
             * @example 8
             */
            epoch: number;
        };
        NewGroupInfoDto: {
            /**
             * Format: base64url
             * @description An MLSMessage with the GroupInfo of the current epoch.
             * @example cw
             */
            groupInfo: string;
        };
        WelcomeDto: {
            /**
             * Format: uuid
             * @description The welcome, and the commit that it belongs to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: uuid
             * @description The conversation that it lets in to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: int64
             * @description Where that commit stands: of the log, only what follows can be read.
             * @example 17
             */
            seq: number;
            /**
             * Format: int64
             * @description Which group it is of its conversation.
             * @example 1
             */
            generation: number;
            /**
             * Format: int64
             * @description The epoch that it lets in to.
             * @example 8
             */
            epoch: number;
            /**
             * Format: base64url
             * @description The MLSMessage with the Welcome.
             * @example c2VhbGVk
             */
            welcome: string;
        };
        WelcomeListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Oldest first. */
            items: components["schemas"]["WelcomeDto"][];
        };
        AddedMemberDto: {
            /**
             * Format: uuid
             * @description Their account.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Their name.
             * @example grace
             */
            username: string;
            /**
             * @description What they may do. Today one of `owner`, `admin`, `member`; there may be others.
             * @example member
             */
            role: string;
            /**
             * @description `invited` until they accept. Today one of `invited`, `joined`; there may be others.
             * @example joined
             */
            state: string;
        };
        RemovedMemberDto: {
            /**
             * Format: uuid
             * @description Their account.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Their name.
             * @example grace
             */
            username: string;
        };
        GivenRoleDto: {
            /**
             * Format: uuid
             * @description Whose role it is.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description What they may do from now on. Today one of `owner`, `admin`, `member`; there may be others.
             * @example admin
             */
            role: string;
        };
        MembersChangeDto: {
            /** @description Who was added, or invited. */
            added?: components["schemas"]["AddedMemberDto"][];
            /** @description Who left or was removed, or is invited no more. */
            removed?: components["schemas"]["RemovedMemberDto"][];
            /** @description Who was given another role. */
            roles?: components["schemas"]["GivenRoleDto"][];
            /**
             * @description Accounts that accepted their invitation.
             * @example [
             *       "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11"
             *     ]
             */
            accepted?: string[];
        };
        EntryDto: {
            /**
             * Format: uuid
             * @description The conversation whose log this is.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: int64
             * @description Position in the log: 1, 2, 3 … without holes.
             * @example 17
             */
            seq: number;
            /**
             * Format: uuid
             * @description The id its sender gave it.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description What it carries: a message, a change of members or roles, new metadata, an MLS commit, or for how long messages are kept. Today one of `message`, `members`, `metadata`, `commit`, `retention`; there may be others.
             * @example message
             */
            kind: string;
            /**
             * Format: uuid
             * @description Account of the sender.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            senderId: string | null;
            /**
             * @description Username of the sender.
             * @example ada
             */
            sender: string | null;
            /**
             * Format: uuid
             * @description Device it was sent from.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            senderDeviceId: string | null;
            /**
             * Format: date-time
             * @description When the relay stored it.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it will be erased; absent when it is kept.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt?: string;
            /**
             * Format: base64url
             * @description What the sender encrypted, for kinds `message` and `metadata`; the MLS frame of a `commit`. Absent in a push of a large entry: pull it.
             * @example c2VhbGVk
             */
            ciphertext?: string;
            /** @description For kind `members`: who was added, removed, accepted, or given another role. */
            change?: components["schemas"]["MembersChangeDto"];
            /** @description For kind `retention`: for how long the relay keeps messages from here on. */
            retention?: components["schemas"]["RetentionDto"];
        };
        GapDto: {
            /**
             * Format: int64
             * @description First position of the gap.
             * @example 3
             */
            from: number;
            /**
             * Format: int64
             * @description Last position of the gap.
             * @example 5
             */
            to: number;
            /**
             * @description Why: the entries expired, were delivered to all devices, were erased, or were written while you were no member. Today one of `expired`, `delivered`, `erased`, `not_member`, `unknown`; there may be others.
             * @example expired
             */
            reason: string;
        };
        GapItemDto: {
            /** @description The positions that are missing. */
            gap: components["schemas"]["GapDto"];
        };
        SendDirectMessageDto: {
            /**
             * Format: uuid
             * @description Chosen by the client: sending the same id again returns the first result.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id: string;
            /**
             * Format: base64url
             * @description What only the recipients can open.
             * @example cw
             */
            ciphertext: string;
            /**
             * @description Seconds after which the message is erased.
             * @example 3600
             */
            expiresIn?: number;
            /**
             * @description Recipient; the direct conversation is found or created.
             * @example ada
             */
            to: string;
        };
        SentMessageDto: {
            /**
             * Format: uuid
             * @description The conversation it stands in.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: uuid
             * @description The id it was sent with.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: int64
             * @description Its position in the log.
             * @example 17
             */
            seq: number;
            /**
             * Format: date-time
             * @description When the relay stored it.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description True when this id was sent before, and nothing new was stored.
             * @example false
             */
            duplicate: boolean;
        };
        SendMessageDto: {
            /**
             * Format: uuid
             * @description Chosen by the client: sending the same id again returns the first result.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id: string;
            /**
             * Format: base64url
             * @description What only the recipients can open.
             * @example cw
             */
            ciphertext: string;
            /**
             * @description Seconds after which the message is erased.
             * @example 3600
             */
            expiresIn?: number;
        };
        LogPageDto: {
            /** @description Entries and gaps, oldest first. */
            items: (components["schemas"]["EntryDto"] | components["schemas"]["GapItemDto"])[];
            /**
             * Format: int64
             * @description How far this page reaches: the next `after`.
             * @example 17
             */
            upTo: number;
            /**
             * Format: int64
             * @description The newest position you may read.
             * @example 42
             */
            headSeq: number;
        };
        MemberReceiptDto: {
            /**
             * Format: uuid
             * @description The recipient.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description The recipient’s username.
             * @example ada
             */
            username: string;
            /**
             * Format: date-time
             * @description When a device of theirs had stored it.
             * @example 2026-11-22T09:30:00.000Z
             */
            deliveredAt: string | null;
            /**
             * Format: date-time
             * @description When they had read it.
             * @example 2026-11-22T09:30:00.000Z
             */
            readAt: string | null;
        };
        MessageDto: {
            /**
             * Format: uuid
             * @description The conversation whose log this is.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: int64
             * @description Position in the log: 1, 2, 3 … without holes.
             * @example 17
             */
            seq: number;
            /**
             * Format: uuid
             * @description The id its sender gave it.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description What it carries: a message, a change of members or roles, new metadata, an MLS commit, or for how long messages are kept. Today one of `message`, `members`, `metadata`, `commit`, `retention`; there may be others.
             * @example message
             */
            kind: string;
            /**
             * Format: uuid
             * @description Account of the sender.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            senderId: string | null;
            /**
             * @description Username of the sender.
             * @example ada
             */
            sender: string | null;
            /**
             * Format: uuid
             * @description Device it was sent from.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            senderDeviceId: string | null;
            /**
             * Format: date-time
             * @description When the relay stored it.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it will be erased; absent when it is kept.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt?: string;
            /**
             * Format: base64url
             * @description What the sender encrypted, for kinds `message` and `metadata`; the MLS frame of a `commit`. Absent in a push of a large entry: pull it.
             * @example c2VhbGVk
             */
            ciphertext?: string;
            /** @description For kind `members`: who was added, removed, accepted, or given another role. */
            change?: components["schemas"]["MembersChangeDto"];
            /** @description For kind `retention`: for how long the relay keeps messages from here on. */
            retention?: components["schemas"]["RetentionDto"];
            /**
             * Format: date-time
             * @description When the last of its recipients had stored it; null until then.
             * @example 2026-11-22T09:30:00.000Z
             */
            deliveredAt: string | null;
            /**
             * Format: date-time
             * @description When the last of its recipients had read it; null until then.
             * @example 2026-11-22T09:30:00.000Z
             */
            readAt: string | null;
            /** @description The marks of each recipient; empty in large groups. */
            receipts: components["schemas"]["MemberReceiptDto"][];
        };
        MessagePageDto: {
            /** @description Messages, newest first. */
            items: components["schemas"]["MessageDto"][];
            /** @description Give it as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ReceiptsDto: {
            /**
             * Format: int64
             * @description Everything up to this position is stored on a device of mine.
             * @example 17
             */
            delivered?: number;
            /**
             * Format: int64
             * @description I have read everything up to this position.
             * @example 12
             */
            read?: number;
        };
        WatermarkDto: {
            /**
             * Format: uuid
             * @description The conversation.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: uuid
             * @description Whose mark it is.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description What the mark says. Today one of `delivered`, `read`; there may be others.
             * @example delivered
             */
            kind: string;
            /**
             * Format: int64
             * @description Everything up to this position is covered.
             * @example 17
             */
            upTo: number;
            /**
             * Format: date-time
             * @description When the relay heard of it.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
        };
        WatermarksDto: {
            /** @description The newest mark of each member and kind. */
            items: components["schemas"]["WatermarkDto"][];
        };
        SyncRequestDto: {
            /**
             * Format: uuid
             * @description The incarnation the cursors belong to; absent at the first sync.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            incarnation?: string;
            /**
             * Format: int64
             * @description The last `revision` this device has dealt with; 0 at first.
             * @example 0
             */
            revision: number;
            /**
             * @description For each conversation, the position up to which this device has durably stored the log; absent ones start at 0.
             * @example {
             *       "0198c5a0-3f4e-8d3a-8b58-1f7f2a6c0d11": 16
             *     }
             */
            cursors: {
                [key: string]: number;
            };
        };
        AccountChangeDto: {
            /**
             * Format: int64
             * @description Position among the changes of this account.
             * @example 7
             */
            revision: number;
            /**
             * @description What changed. Today one of `profile`, `identity`, `devices`, `device_list`, `contacts`, `mfa`, `conversation`, `receipts`, `vault`, `welcomes`; there may be others.
             * @example profile
             */
            what: string;
            /**
             * Format: uuid
             * @description Whose or which: an account for profile, identity, devices and contacts, else a conversation.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            subject: string;
        };
        WelcomeNoticeDto: {
            /**
             * Format: uuid
             * @description The welcome, and the commit that it belongs to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * Format: uuid
             * @description The conversation that it lets in to.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: int64
             * @description Where that commit stands: of the log, only what follows can be read.
             * @example 17
             */
            seq: number;
            /**
             * Format: int64
             * @description Which group it is of its conversation.
             * @example 1
             */
            generation: number;
            /**
             * Format: int64
             * @description The epoch that it lets in to.
             * @example 8
             */
            epoch: number;
        };
        SyncConversationDto: {
            /**
             * Format: uuid
             * @description The conversation that moved.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId: string;
            /**
             * Format: int64
             * @description The newest position you may read.
             * @example 42
             */
            headSeq: number;
            /**
             * Format: int64
             * @description How far `items` reach; store them, then send this as the cursor.
             * @example 42
             */
            upTo: number;
            /** @description Entries and gaps after the cursor, oldest first. */
            items: (components["schemas"]["EntryDto"] | components["schemas"]["GapItemDto"])[];
        };
        SyncReplyDto: {
            /**
             * Format: uuid
             * @description Which life of the database answers; another one than before means that it was restored from a backup.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            incarnation: string;
            /**
             * Format: int64
             * @description Send it as `revision` next time.
             * @example 7
             */
            revision: number;
            /** @description What changed outside the logs, oldest first. */
            changes: components["schemas"]["AccountChangeDto"][];
            /** @description Welcomes that wait for this device, oldest first: fetch and deal with them before what the logs bring. */
            welcomes: components["schemas"]["WelcomeNoticeDto"][];
            /** @description The newest marks in the conversations whose receipts changed. */
            receipts: components["schemas"]["WatermarkDto"][];
            /** @description Conversations that have moved past their cursor. */
            conversations: components["schemas"]["SyncConversationDto"][];
            /**
             * @description True when there is more: sync again with the cursors and the revision of this reply.
             * @example false
             */
            more: boolean;
        };
        RetentionInForceDto: {
            /**
             * @description Seconds after which a message that is written from then on is erased; null keeps it.
             * @example 604800
             */
            expireAfter: number | null;
            /**
             * @description Whether a message is erased once every device of every member has stored it, as its cursors say.
             * @example false
             */
            afterDelivery: boolean;
            /**
             * Format: int64
             * @description Seconds after which this relay erases any message; null if it keeps them.
             * @example 31536000
             */
            maximum: number | null;
            /**
             * @description Whether this relay erases what is delivered to all devices in any conversation.
             * @example false
             */
            deliveredEverywhere: boolean;
            /**
             * Format: int64
             * @description Seconds for which it keeps a message from when it was sent, also when it is delivered sooner.
             * @example 86400
             */
            deliveredKept: number;
        };
        SetRetentionDto: {
            /**
             * Format: uuid
             * @description The id of the entry that says so. The same id again is the same change.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id: string;
            /**
             * @description Seconds after which a message that is written from then on is erased; null keeps it.
             * @example 604800
             */
            expireAfter: number | null;
            /**
             * @description Whether to erase each message once every device of every member has stored it.
             * @example false
             */
            afterDelivery: boolean;
        };
        ShownMessageDto: {
            /**
             * Format: uuid
             * @description The message. Its sender has to be who is reported.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            messageId: string;
            /**
             * Format: base64url
             * @description What was encrypted, as its receiver found it: behind the franking key, and without padding. The operator can read it.
             * @example eyJ2IjoxLCJraW5kIjoidGV4dCIsInRleHQiOiJJIGtub3cgd2hlcmUgeW91IGxpdmUifQ
             */
            content: string;
            /**
             * Format: base64url
             * @description The franking key that stood before it. Without it, as where a device has the message from an archive, it is `unverifiable`.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            frankingKey?: string;
        };
        FileReportDto: {
            /**
             * Format: uuid
             * @description Chosen by the client. The same id again is the same report.
             * @example 01a0c450-6c00-7000-8000-07be8fa9adc7
             */
            id: string;
            /**
             * @description Who is reported.
             * @example mallory
             */
            username: string;
            /**
             * @description Why.
             * @example spam
             * @enum {string}
             */
            reason: "spam" | "harassment" | "threats" | "sexual_content" | "child_abuse" | "impersonation" | "illegal" | "other";
            /**
             * @description In words. The operator can read it.
             * @example It began last week.
             */
            text?: string;
            /**
             * Format: uuid
             * @description Where it happened: a conversation that both are or were in. Needed for messages.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            conversationId?: string;
            /** @description Messages that are opened for the operator to read. None, unless whoever reports chooses to. */
            messages?: components["schemas"]["ShownMessageDto"][];
        };
        JudgedMessageDto: {
            /**
             * Format: uuid
             * @description The message.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            messageId: string;
            /**
             * @description Whether its sender is known to have written just that. `unverifiable` is what the relay has erased, what came without a key, and what is from before senders committed to what they say. Today one of `verified`, `unverifiable`; there may be others.
             * @example verified
             */
            verdict: string;
        };
        ReportDto: {
            /**
             * Format: uuid
             * @description As its client chose it.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description Who is reported.
             * @example mallory
             */
            username: string;
            /**
             * @description Why. Today one of `spam`, `harassment`, `threats`, `sexual_content`, `child_abuse`, `impersonation`, `illegal`, `other`; there may be others.
             * @example spam
             */
            reason: string;
            /**
             * @description Whether the operator has dealt with it. Today one of `open`, `resolved`; there may be others.
             * @example open
             */
            state: string;
            /**
             * Format: date-time
             * @description When it was filed.
             * @example 2026-11-22T09:30:00.000Z
             */
            filedAt: string;
            /**
             * Format: date-time
             * @description When the operator had dealt with it.
             * @example null
             */
            resolvedAt: string | null;
            /**
             * Format: date-time
             * @description When it is deleted, with all that was shown in it.
             * @example 2027-02-20T09:30:00.000Z
             */
            keptUntil: string;
            /** @description What was shown in it, in that order. */
            messages: components["schemas"]["JudgedMessageDto"][];
        };
        ReportListDto: {
            /**
             * @description Where the next page starts; null after the last item.
             * @example null
             */
            nextCursor: string | null;
            /** @description Newest first. */
            items: components["schemas"]["ReportDto"][];
        };
        PushRegistrationDto: {
            /**
             * @description By what this device is woken. Today one of `webpush`, `fcm`, `apns`; there may be others.
             * @example webpush
             */
            kind: string;
            /** @description Whether it is muted, now. */
            muted: boolean;
            /**
             * Format: date-time
             * @description Until when it is muted, or null: for good, or not at all.
             * @example 2026-11-22T09:30:00.000Z
             */
            mutedUntil: string | null;
            /**
             * Format: date-time
             * @description When it was registered last.
             * @example 2026-11-22T09:30:00.000Z
             */
            registeredAt: string;
        };
        WebPushTargetDto: {
            /**
             * @description Web Push: a browser, or an app with a UnifiedPush distributor. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            kind: "webpush";
            /**
             * @description Where the push service takes wake-ups; https, of a public host.
             * @example https://push.example.org/wake/3f4e7d3a8b58
             */
            endpoint: string;
            /**
             * Format: base64url
             * @description Public key of the subscription: a point of P-256, uncompressed.
             * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
             */
            p256dh: string;
            /**
             * Format: base64url
             * @description Secret of the subscription.
             * @example BTBZMqHH6r4Tts7J_aSIgg
             */
            auth: string;
        };
        FcmTargetDto: {
            /**
             * @description Firebase Cloud Messaging, where `GET /v1/server` says that it is set up. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            kind: "fcm";
            /**
             * @description What FCM calls this installation of the app.
             * @example cNS3bmVpT6Wq:APA91bF4k
             */
            token: string;
        };
        ApnsTargetDto: {
            /**
             * @description Apple’s push service, where `GET /v1/server` says that it is set up. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            kind: "apns";
            /**
             * @description What APNs calls this installation of the app, in hexadecimal.
             * @example 740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad
             */
            token: string;
            /**
             * @description Id of the app, one of those of `GET /v1/server`; the first of them if left out.
             * @example org.example.chat
             */
            topic?: string;
        };
        RegisterPushDto: {
            /** @description Where this device is woken. */
            target: components["schemas"]["WebPushTargetDto"] | components["schemas"]["FcmTargetDto"] | components["schemas"]["ApnsTargetDto"];
        };
        MutePushDto: {
            /**
             * Format: date-time
             * @description Until when; for good if left out.
             * @example 2026-11-22T09:30:00.000Z
             */
            until?: string;
        };
        HealthDto: {
            /**
             * @description Always `ok`.
             * @example ok
             * @enum {string}
             */
            status: "ok";
        };
        ProtocolRangeDto: {
            /**
             * @description The oldest version that is spoken.
             * @example 1
             */
            min: number;
            /**
             * @description The newest version that is spoken.
             * @example 1
             */
            max: number;
        };
        Argon2idFloorDto: {
            /**
             * Format: int64
             * @description Memory in KiB.
             * @example 65536
             */
            memoryKiB: number;
            /**
             * Format: int64
             * @description Passes.
             * @example 3
             */
            iterations: number;
        };
        Pbkdf2FloorDto: {
            /**
             * Format: int64
             * @description Rounds.
             * @example 600000
             */
            iterations: number;
        };
        KdfFloorsDto: {
            /** @description Of `argon2id`. */
            argon2id: components["schemas"]["Argon2idFloorDto"];
            /** @description Of `pbkdf2-sha256`. */
            "pbkdf2-sha256": components["schemas"]["Pbkdf2FloorDto"];
        };
        ServerLimitsDto: {
            /**
             * Format: int64
             * @description Ciphertext of one message.
             * @example 65536
             */
            ciphertextBytes: number;
            /**
             * Format: int64
             * @description Encrypted metadata of one conversation.
             * @example 65536
             */
            metadataBytes: number;
            /**
             * Format: int64
             * @description JSON body of one request.
             * @example 65536
             */
            bodyBytes: number;
            /**
             * Format: int64
             * @description One frame of a socket.
             * @example 65536
             */
            frameBytes: number;
            /**
             * Format: int64
             * @description One blob of the vault.
             * @example 65536
             */
            vaultItemBytes: number;
            /**
             * Format: int64
             * @description All blobs of a vault.
             * @example 65536
             */
            vaultBytes: number;
            /**
             * Format: int64
             * @description Names of a vault, deleted ones included.
             * @example 1024
             */
            vaultNames: number;
            /**
             * Format: int64
             * @description Items of one page.
             * @example 200
             */
            pageItems: number;
            /**
             * Format: int64
             * @description Members of one conversation.
             * @example 1000
             */
            members: number;
            /**
             * Format: int64
             * @description Ciphertext of one attachment.
             * @example 1138166333
             */
            attachmentBytes: number;
            /**
             * Format: int64
             * @description Ciphertext of all attachments of one account.
             * @example 21474836480
             */
            attachmentsBytes: number;
            /**
             * Format: int64
             * @description Ciphertext that one account may upload within a day.
             * @example 10737418240
             */
            attachmentBytesPerDay: number;
            /**
             * Format: int64
             * @description Devices of one account.
             * @example 10
             */
            devices: number;
        };
        AuditKeyDto: {
            /**
             * @description Of which kind it is. Today one of `ed25519`; there may be others.
             * @example ed25519
             */
            algorithm: string;
            /**
             * Format: base64url
             * @description The key itself, as RFC 8032 encodes it.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U
             */
            publicKey: string;
        };
        PushOffersDto: {
            /**
             * Format: base64url
             * @description For which browsers subscribe (RFC 8292), or null if there is no Web Push.
             * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
             */
            vapidPublicKey: string | null;
            /** @description Whether there is Firebase Cloud Messaging. */
            fcm: boolean;
            /**
             * @description Ids of the apps that are woken by APNs.
             * @example [
             *       "org.example.chat"
             *     ]
             */
            apnsTopics: string[];
        };
        ServerDto: {
            /**
             * @description What it is. Today one of `sealpost`; there may be others.
             * @example sealpost
             */
            software: string;
            /** @description The versions of the protocol that it speaks. */
            protocol: components["schemas"]["ProtocolRangeDto"];
            /** @description The least that a derivation of keys may cost. Clients have floors of their own. */
            kdfFloors: components["schemas"]["KdfFloorsDto"];
            /** @description How much of a thing it takes. */
            limits: components["schemas"]["ServerLimitsDto"];
            /** @description Signs the checkpoints of the audit log. Worth keeping: whoever has it from here later has only the word of the relay. */
            auditKey: components["schemas"]["AuditKeyDto"];
            /**
             * Format: int64
             * @description For so many days the owner of an account that is to be deleted can keep it; 0 deletes at once.
             * @example 14
             */
            deletionGraceDays: number;
            /**
             * @description Who may make an account: everybody, whoever has an invitation, or nobody. Today one of `open`, `invite`, `closed`; there may be others.
             * @example open
             */
            registration: string;
            /** @description How it wakes devices that are not connected. */
            push: components["schemas"]["PushOffersDto"];
        };
        AnnouncementDto: {
            /**
             * Format: uuid
             * @description Its id: a client remembers by it what its user has seen.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            id: string;
            /**
             * @description How much it matters. Today one of `info`, `warning`, `urgent`; there may be others.
             * @example info
             */
            severity: string;
            /**
             * @description Plain text, to be shown as it is: no markup, no links.
             * @example On Sunday from 8 to 9 this server is being updated.
             */
            text: string;
            /**
             * @description The same in English, if somebody wrote that.
             * @example On Sunday from 8 to 9 this server is being updated.
             */
            textEn: string | null;
            /**
             * @description The same in German, if somebody wrote that.
             * @example null
             */
            textDe: string | null;
            /**
             * Format: date-time
             * @description When it was announced.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it is to be shown.
             * @example 2026-11-22T09:30:00.000Z
             */
            expiresAt: string;
        };
        AnnouncementListDto: {
            /** @description Those in force, newest first. */
            items: components["schemas"]["AnnouncementDto"][];
        };
        AnnounceDto: {
            /**
             * @description How much it matters.
             * @example info
             * @enum {string}
             */
            severity: "info" | "warning" | "urgent";
            /**
             * @description Plain text, for whoever has none of the languages below.
             * @example On Sunday from 8 to 9 this server is being updated.
             */
            text: string;
            /**
             * @description The same in English.
             * @example On Sunday from 8 to 9 this server is being updated.
             */
            textEn?: string;
            /**
             * @description The same in German.
             * @example Am Sonntag von 8 bis 9 Uhr wird dieser Server aktualisiert.
             */
            textDe?: string;
            /**
             * @description Seconds for which it is shown; 604800 (a week) when absent.
             * @example 604800
             */
            expiresIn?: number;
        };
        AllowanceDto: {
            /**
             * Format: int64
             * @description Ciphertext of all its attachments; null for what all may have.
             * @example 53687091200
             */
            attachmentBytes: number | null;
            /**
             * Format: int64
             * @description Ciphertext that it may upload within a day; null for what all may.
             * @example 53687091200
             */
            attachmentBytesPerDay: number | null;
            /** @description How far its rate limits differ; null if they do not. */
            limits: components["schemas"]["NullableOwnLimitsDto"];
        };
        SetQuotasDto: {
            /**
             * Format: int64
             * @description Ciphertext of all its attachments; null for what all may have.
             * @example 53687091200
             */
            attachmentBytes: number | null;
            /**
             * Format: int64
             * @description Ciphertext that it may upload within a day; null for what all may.
             * @example 53687091200
             */
            attachmentBytesPerDay: number | null;
        };
        SetLimitsDto: {
            /**
             * @description Of what all have: 300 for three times as much, 50 for half of it.
             * @example 300
             */
            percent: number;
            /**
             * @description Seconds for which it holds; 604800 (a week) when absent.
             * @example 604800
             */
            expiresIn?: number;
        };
        ActiveAccountsDto: {
            /**
             * Format: int64
             * @description Today, UTC; null for fewer than five.
             * @example 42
             */
            day: number | null;
            /**
             * Format: int64
             * @description Within seven days; null for fewer than five.
             * @example 42
             */
            week: number | null;
            /**
             * Format: int64
             * @description Within thirty days; null for fewer than five.
             * @example 42
             */
            month: number | null;
        };
        PushTotalsDto: {
            /**
             * Format: int64
             * @description Wake-ups that push services have taken.
             * @example 42
             */
            sent: number;
            /**
             * Format: int64
             * @description Wake-ups that they have not.
             * @example 42
             */
            failed: number;
        };
        StatisticsDto: {
            /**
             * Format: date-time
             * @description When it was counted: within the last minute.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * @description Version of the relay.
             * @example 0.1.0
             */
            version: string;
            /**
             * Format: int64
             * @description Seconds since the relay that answers was started.
             * @example 42
             */
            uptimeSeconds: number;
            /**
             * Format: int64
             * @description Accounts that there are.
             * @example 42
             */
            accounts: number;
            /** @description Accounts of which a device was here. */
            activeAccounts: components["schemas"]["ActiveAccountsDto"];
            /**
             * Format: int64
             * @description Devices of all accounts.
             * @example 42
             */
            devices: number;
            /**
             * Format: int64
             * @description Conversations, empty ones included.
             * @example 42
             */
            conversations: number;
            /**
             * Format: int64
             * @description Messages that are kept; of many only about so many, with what else stands in logs.
             * @example 42
             */
            messages: number;
            /**
             * Format: int64
             * @description Bytes of the database.
             * @example 42
             */
            databaseBytes: number;
            /**
             * Format: int64
             * @description Attachments that are kept.
             * @example 42
             */
            attachments: number;
            /**
             * Format: int64
             * @description Bytes of these attachments.
             * @example 42
             */
            attachmentBytes: number;
            /** @description How devices were woken, since the relay that answers was started. */
            pushes: components["schemas"]["PushTotalsDto"];
        };
        FieldErrorDto: {
            /**
             * @description JSON Pointer to the field.
             * @example /ciphertext
             */
            path: string;
            /**
             * @description What is wrong with it.
             * @example must match format "base64url"
             */
            message: string;
        };
        GroupPlaceDto: {
            /**
             * Format: int64
             * @description Which group it is of its conversation.
             * @example 1
             */
            generation: number;
            /**
             * Format: int64
             * @description Its epoch.
             * @example 7
             */
            epoch: number;
        };
        ProblemDto: {
            /**
             * @description URI of the kind of problem.
             * @example urn:sealpost:problem:not_found
             */
            type: string;
            /**
             * @description The kind of problem, for people.
             * @example Not found
             */
            title: string;
            /**
             * @description HTTP status.
             * @example 404
             */
            status: number;
            /**
             * @description The kind of problem, for programs; never changes its meaning. Take one that you do not know by its `status`. Today one of `account_deletion_pending`, `account_quota_exceeded`, `account_suspended`, `already_member`, `attachment_quota_exceeded`, `attachment_too_large`, `commit_required`, `conflict`, `conversation_full`, `device_limit_reached`, `device_not_listed`, `factor_limit_reached`, `forbidden`, `id_reused`, `internal`, `invalid_commit`, `invalid_credentials`, `invalid_mfa_challenge`, `invalid_mfa_code`, `invalid_refresh_token`, `invalid_report`, `invalid_request`, `invalid_signature`, `invalid_token`, `invitation_invalid`, `invitation_required`, `kdf_too_weak`, `last_owner`, `method_not_allowed`, `mfa_not_set_up`, `mfa_required`, `not_found`, `payload_too_large`, `precondition_failed`, `precondition_required`, `push_unsupported`, `range_not_satisfiable`, `rate_limited`, `refresh_token_reused`, `registration_closed`, `removal_pending`, `stale_epoch`, `stale_version`, `storage_full`, `too_many_connections`, `unavailable`, `unsupported_media_type`, `unsupported_protocol`, `unsupported_tus_version`, `upload_offset_mismatch`, `username_taken`, `vault_full`; there may be others.
             * @example not_found
             */
            code: string;
            /** @description What was refused, for people. */
            detail?: string;
            /**
             * Format: int64
             * @description Seconds after which trying again makes sense.
             * @example 3
             */
            retryAfterSeconds?: number;
            /** @description The fields that are wrong. */
            errors?: components["schemas"]["FieldErrorDto"][];
            /** @description Where the MLS group stands, when the code is about that. */
            group?: components["schemas"]["GroupPlaceDto"];
            /**
             * Format: int64
             * @description The version of what was to be replaced; 0 if it was never there.
             * @example 3
             */
            currentVersion?: number;
            /** @description The versions of the protocol that the relay speaks. */
            supported?: components["schemas"]["ProtocolRangeDto"];
            /** @description The second factor that is asked for. */
            mfa?: components["schemas"]["MfaChallengeDto"];
            /**
             * Format: date-time
             * @description When the account is deleted, unless `cancelDeletion` keeps it.
             * @example 2026-11-22T09:30:00.000Z
             */
            deletionDueAt?: string;
            /**
             * Format: uuid
             * @description Id of this request in the relay’s log.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            requestId?: string;
        };
        NullableSuspensionDto: {
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T09:30:00.000Z
             */
            at: string;
            /**
             * @description The admin who suspended it; null once that account is deleted.
             * @example ada
             */
            by: string | null;
            /**
             * @description What that admin wrote.
             * @example Sends advertisements.
             */
            reason: string;
        } | null;
        NullableSignedDeviceListDto: {
            /** @description 1 for the first list of the account, and one more with each. */
            version: number;
            /** @description Which identity key signed, by its version: not the current one, while the key was replaced since. */
            keyVersion: number;
            /**
             * Format: base64url
             * @description The canonical bytes of the list (docs/protocol.md, “Device lists”), as they were signed.
             * @example cw
             */
            body: string;
            /**
             * Format: base64url
             * @description By the identity key over the body.
             * @example c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA
             */
            signature: string;
            /**
             * Format: date-time
             * @description When it was uploaded.
             * @example 2026-11-22T09:30:00.000Z
             */
            createdAt: string;
        } | null;
        NullablePersonDto: {
            /**
             * Format: uuid
             * @description Their account.
             * @example 0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11
             */
            accountId: string;
            /**
             * @description Their name.
             * @example ada
             */
            username: string;
            /**
             * @description What they call themselves.
             * @example Ada Lovelace
             */
            displayName: string;
        } | null;
        NullableGroupDto: {
            /**
             * Format: int64
             * @description Which group it is of this conversation; 0 before the first.
             * @example 1
             */
            generation: number;
            /**
             * Format: int64
             * @description Its epoch.
             * @example 7
             */
            epoch: number;
            /**
             * Format: int64
             * @description Messages of earlier epochs are refused: a device was removed since.
             * @example 5
             */
            minEpoch: number;
            /** @description Leaves that a commit has to remove before anybody sends again: revoked devices, and those of who left. */
            due: components["schemas"]["LeafDto"][];
        } | null;
        NullableRetentionDto: {
            /**
             * @description Seconds after which a message that is written from then on is erased; null keeps it.
             * @example 604800
             */
            expireAfter: number | null;
            /**
             * @description Whether a message is erased once every device of every member has stored it, as its cursors say.
             * @example false
             */
            afterDelivery: boolean;
        } | null;
        NullableOwnLimitsDto: {
            /**
             * @description Of what all have.
             * @example 300
             */
            percent: number;
            /**
             * Format: date-time
             * @description After which it is as for all.
             * @example 2026-11-22T09:30:00.000Z
             */
            until: string;
        } | null;
    };
    responses: {
        /** @description Refused: `conflict` (conflict). */
        Conflict: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `device_limit_reached` (too many devices). */
        DeviceLimitReached: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `device_not_listed` (device is not on the signed list). */
        DeviceNotListed: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `factor_limit_reached` (too many second factors). */
        FactorLimitReached: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `forbidden` (not allowed). */
        Forbidden: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `id_reused` (id already used). */
        IdReused: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `internal` (internal error). */
        Internal: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `invalid_credentials` (wrong username or secret). */
        InvalidCredentials: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /** @description How to sign requests. */
                "WWW-Authenticate": "Bearer";
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `invalid_token` (access token is missing or not valid). */
        InvalidToken: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /** @description How to sign requests. */
                "WWW-Authenticate": "Bearer";
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `not_found` (not found). */
        NotFound: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `payload_too_large` (payload too large). */
        PayloadTooLarge: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `precondition_failed` (precondition is not met). */
        PreconditionFailed: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `precondition_required` (a version is needed). */
        PreconditionRequired: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `push_unsupported` (devices are not woken in this way). */
        PushUnsupported: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `range_not_satisfiable` (range is outside the attachment). */
        RangeNotSatisfiable: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /** @description How many bytes there are. */
                "Content-Range": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `rate_limited` (too many requests). */
        RateLimited: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `stale_epoch` (epoch is not current). */
        StaleEpoch: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `stale_version` (version is not current). */
        StaleVersion: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `storage_full` (no room for attachments). */
        StorageFull: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `unavailable` (temporarily unavailable). */
        Unavailable: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `unsupported_media_type` (unsupported media type). */
        UnsupportedMediaType: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `unsupported_protocol` (version of the protocol is not spoken). */
        UnsupportedProtocol: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `unsupported_tus_version` (version of tus is not spoken). */
        UnsupportedTusVersion: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `upload_offset_mismatch` (upload goes on at another offset). */
        UploadOffsetMismatch: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `username_taken` (username is taken). */
        UsernameTaken: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Refused: `vault_full` (vault is full). */
        VaultFull: {
            headers: {
                "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The version of the protocol that this relay speaks. A request may name the one that its client speaks in a header of this name, too. */
        "Sealpost-Protocol": "1";
        /** @description What the log of the relay calls this request. */
        "X-Request-Id": string;
        /** @description Nothing that the relay answers is to be kept by a cache. */
        "Cache-Control": "no-store";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    adminListSecurityEvents: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
                /** @description Only of this account; of all when absent. */
                username?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "seq": 42,
                     *           "at": "2026-11-22T09:30:00.000Z",
                     *           "kind": "account_deleted",
                     *           "actor": "admin",
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "ada",
                     *           "subject": "ada",
                     *           "count": null,
                     *           "previousHash": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *           "hash": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AdminAuditEventListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSecurityEvents: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "seq": 42,
                     *           "at": "2026-11-22T09:30:00.000Z",
                     *           "kind": "account_deleted",
                     *           "actor": "admin",
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "deviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "subjectId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "count": null,
                     *           "previousHash": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *           "hash": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AuditEventListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSecurityEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example  */
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditCheckpoints: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "number": 7,
                     *           "day": "2026-11-22",
                     *           "seq": 42,
                     *           "hash": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *           "at": "2026-11-22T09:30:00.000Z",
                     *           "publicKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *           "signature": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AuditCheckpointListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminGetSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "registration": "open",
                     *       "retentionMaxDays": 365
                     *     }
                     */
                    "application/json": components["schemas"]["ServerSettingsDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminSetRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "registration": "open"
                 *     }
                 */
                "application/json": components["schemas"]["SetRegistrationDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "registration": "open",
                     *       "retentionMaxDays": 365
                     *     }
                     */
                    "application/json": components["schemas"]["ServerSettingsDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminSetRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "maxDays": 365
                 *     }
                 */
                "application/json": components["schemas"]["SetMaximumRetentionDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "registration": "open",
                     *       "retentionMaxDays": 365
                     *     }
                     */
                    "application/json": components["schemas"]["ServerSettingsDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listVault: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "version": 3,
                     *           "updatedAt": "2026-11-22T09:30:00.000Z",
                     *           "name": "contacts",
                     *           "bytes": 6
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["VaultListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getVaultItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the blob: a-z, 0-9, dot, underscore and hyphen, the first a letter or digit. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version, in quotes. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 3,
                     *       "updatedAt": "2026-11-22T09:30:00.000Z",
                     *       "name": "contacts",
                     *       "body": "c2VhbGVk"
                     *     }
                     */
                    "application/json": components["schemas"]["VaultItemDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    putVaultItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description For a name that was never used, in place of If-Match. */
                "If-None-Match"?: "*";
                /** @description The version to replace, in quotes. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the blob: a-z, 0-9, dot, underscore and hyphen, the first a letter or digit. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "body": "c2VhbGVk"
                 *     }
                 */
                "application/json": components["schemas"]["PutVaultItemDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version, in quotes. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 3,
                     *       "updatedAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["VaultVersionDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["VaultFull"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteVaultItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version to replace, in quotes. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the blob: a-z, 0-9, dot, underscore and hyphen, the first a letter or digit. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "factors": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "totp",
                     *           "name": "Phone",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "lastUsedDay": "2026-11-22"
                     *         }
                     *       ],
                     *       "recoveryCodesLeft": 10,
                     *       "trustedDevices": [
                     *         {
                     *           "deviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "trustedAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MfaStateDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw",
                 *       "name": "Phone"
                 *     }
                 */
                "application/json": components["schemas"]["BeginTotpDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "secret": "JBSWY3DPEHPK3PXP",
                     *       "uri": "otpauth://totp/Sealpost:ada%40chat.example.org?secret=JBSWY3DPEHPK3PXP&issuer=Sealpost"
                     *     }
                     */
                    "application/json": components["schemas"]["BegunTotpDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a second factor. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "492039"
                 *     }
                 */
                "application/json": components["schemas"]["TotpCodeDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "factor": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "kind": "totp",
                     *         "name": "Phone",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "lastUsedDay": "2026-11-22"
                     *       },
                     *       "recoveryCodes": [
                     *         "03-K5QW-7TZA-M2XE-LNGB"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AddedFactorDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_mfa_code` (second factor is not right), `invalid_token` (access token is missing or not valid). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["FactorLimitReached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmMfaDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw",
                     *       "rp": {
                     *         "id": "chat.example.org",
                     *         "name": "Sealpost"
                     *       },
                     *       "user": {
                     *         "id": "c2VhbGVkc2VhbGVkc2VhbA",
                     *         "name": "ada",
                     *         "displayName": "ada"
                     *       },
                     *       "pubKeyCredParams": [
                     *         {
                     *           "type": "public-key",
                     *           "alg": -7
                     *         }
                     *       ],
                     *       "timeout": 300000,
                     *       "excludeCredentials": [
                     *         {
                     *           "type": "public-key",
                     *           "id": "c2VhbGVk"
                     *         }
                     *       ],
                     *       "authenticatorSelection": {
                     *         "residentKey": "preferred",
                     *         "userVerification": "preferred"
                     *       },
                     *       "attestation": "none"
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyCreationDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "challenge": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw",
                 *       "name": "Security key",
                 *       "credentialId": "cw",
                 *       "clientDataJSON": "cw",
                 *       "attestationObject": "cw"
                 *     }
                 */
                "application/json": components["schemas"]["AddPasskeyDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "factor": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "kind": "totp",
                     *         "name": "Phone",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "lastUsedDay": "2026-11-22"
                     *       },
                     *       "recoveryCodes": [
                     *         "03-K5QW-7TZA-M2XE-LNGB"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AddedFactorDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_mfa_challenge` (challenge is not valid), `invalid_mfa_code` (second factor is not right), `invalid_token` (access token is missing or not valid). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `conflict` (conflict), `factor_limit_reached` (too many second factors). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a second factor. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmMfaDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmMfaDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "codes": [
                     *         "03-K5QW-7TZA-M2XE-LNGB"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodesDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    stepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MfaAnswerDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_mfa_challenge` (challenge is not valid), `invalid_mfa_code` (second factor is not right), `invalid_token` (access token is missing or not valid). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    untrustDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a trusted device. */
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminListUsers: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
                /** @description How the names begin; all when absent. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "ada",
                     *           "displayName": "Ada Lovelace",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "state": "active",
                     *           "admin": true,
                     *           "suspension": null,
                     *           "lastSeenDay": "2026-11-22",
                     *           "devices": 2,
                     *           "sessions": 2,
                     *           "secondFactor": true,
                     *           "storedBytes": 1048576
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AdminUserListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminGetUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "state": "active",
                     *       "admin": true,
                     *       "suspension": null,
                     *       "lastSeenDay": "2026-11-22",
                     *       "devices": 2,
                     *       "sessions": 2,
                     *       "secondFactor": true,
                     *       "storedBytes": 1048576
                     *     }
                     */
                    "application/json": components["schemas"]["AdminUserDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminSuspendUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Sends advertisements."
                 *     }
                 */
                "application/json": components["schemas"]["SuspendDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminUnsuspendUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminEndSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminListMfaResets: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "ada",
                     *           "askedBy": "grace",
                     *           "askedAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MfaResetListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminAskMfaReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada"
                 *     }
                 */
                "application/json": components["schemas"]["AskMfaResetDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "askedBy": "grace",
                     *       "askedAt": "2026-11-22T09:30:00.000Z",
                     *       "expiresAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MfaResetDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminApproveMfaReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a request to reset second factors. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminDeclineMfaReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a request to reset second factors. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminListInvitations: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "note": "The choir",
                     *           "uses": 1,
                     *           "usesLeft": 1,
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminMakeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "The new ones of the choir",
                 *       "uses": 1,
                 *       "expiresIn": 604800
                 *     }
                 */
                "application/json": components["schemas"]["MakeInvitationDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "note": "The choir",
                     *       "uses": 1,
                     *       "usesLeft": 1,
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "expiresAt": "2026-11-22T09:30:00.000Z",
                     *       "code": "c2VhbGVkc2VhbGVkc2VhbA"
                     *     }
                     */
                    "application/json": components["schemas"]["NewInvitationDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminRevokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invitation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getKdf: {
        parameters: {
            query: {
                /** @description Who is about to sign in or to register. */
                username: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "salt": "q83vEjRWeJCrze8SNFZ4kA",
                     *       "algorithm": "argon2id",
                     *       "memoryKiB": 65536,
                     *       "iterations": 3,
                     *       "parallelism": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Argon2idKdfDto"] | components["schemas"]["Pbkdf2KdfDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed when the refresh token travels in the cookie: a form of another site cannot send it. */
                "sealpost-csrf"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada",
                 *       "displayName": "Ada Lovelace",
                 *       "authKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                 *       "kdf": {
                 *         "salt": "q83vEjRWeJCrze8SNFZ4kA",
                 *         "algorithm": "argon2id",
                 *         "memoryKiB": 65536,
                 *         "iterations": 3,
                 *         "parallelism": 1
                 *       },
                 *       "device": {
                 *         "name": "Laptop"
                 *       },
                 *       "transport": "body",
                 *       "invitation": "c2VhbGVkc2VhbGVkc2VhbA"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk",
                     *       "expiresIn": 600,
                     *       "refreshToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *       "account": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "username": "ada",
                     *         "displayName": "Ada Lovelace",
                     *         "privacy": "everyone",
                     *         "admin": true,
                     *         "createdAt": "2026-11-22T09:30:00.000Z"
                     *       },
                     *       "device": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "name": "Laptop",
                     *         "lastSeenDay": "2026-11-22",
                     *         "current": true
                     *       },
                     *       "trustToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `kdf_too_weak` (key derivation is too weak), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `invitation_invalid` (invitation is not valid), `invitation_required` (registering takes an invitation), `registration_closed` (registration is closed). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["UsernameTaken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed when the refresh token travels in the cookie: a form of another site cannot send it. */
                "sealpost-csrf"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk",
                     *       "expiresIn": 600,
                     *       "refreshToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *       "account": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "username": "ada",
                     *         "displayName": "Ada Lovelace",
                     *         "privacy": "everyone",
                     *         "admin": true,
                     *         "createdAt": "2026-11-22T09:30:00.000Z"
                     *       },
                     *       "device": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "name": "Laptop",
                     *         "lastSeenDay": "2026-11-22",
                     *         "current": true
                     *       },
                     *       "trustToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `account_deletion_pending` (account is to be deleted), `account_suspended` (account is suspended), `forbidden` (not allowed). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["DeviceLimitReached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed when the refresh token travels in the cookie: a form of another site cannot send it. */
                "sealpost-csrf"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk",
                     *       "expiresIn": 600,
                     *       "refreshToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *     }
                     */
                    "application/json": components["schemas"]["TokensDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_refresh_token` (refresh token is not valid), `refresh_token_reused` (refresh token was used before). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "privacy": "everyone",
                     *       "admin": true,
                     *       "createdAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                 *       "now": true
                 *     }
                 */
                "application/json": components["schemas"]["DeleteAccountDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "displayName": "Ada Lovelace",
                 *       "privacy": "everyone"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeAccountDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "privacy": "everyone",
                     *       "admin": true,
                     *       "createdAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                 *       "newAuthKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                 *       "newKdf": {
                 *         "salt": "q83vEjRWeJCrze8SNFZ4kA",
                 *         "algorithm": "argon2id",
                 *         "memoryKiB": 65536,
                 *         "iterations": 3,
                 *         "parallelism": 1
                 *       },
                 *       "keepOtherSessions": true
                 *     }
                 */
                "application/json": components["schemas"]["ChangePasswordDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `kdf_too_weak` (key derivation is too weak), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `conflict` (conflict), `stale_version` (version is not current). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                 *       "recoveryKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw",
                 *       "vaultRoot": {
                 *         "body": "c2VhbGVk"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SetRecoveryDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "authKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    openRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada",
                 *       "recoveryKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw"
                 *     }
                 */
                "application/json": components["schemas"]["OpenRecoveryDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "vaultRoot": {
                     *         "body": "c2VhbGVk"
                     *       },
                     *       "devices": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "name": "Laptop",
                     *           "lastSeenDay": "2026-11-22",
                     *           "current": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedRecoveryDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidCredentials"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    completeRecovery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed when the refresh token travels in the cookie: a form of another site cannot send it. */
                "sealpost-csrf"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteRecoveryDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk",
                     *       "expiresIn": 600,
                     *       "refreshToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *       "account": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "username": "ada",
                     *         "displayName": "Ada Lovelace",
                     *         "privacy": "everyone",
                     *         "admin": true,
                     *         "createdAt": "2026-11-22T09:30:00.000Z"
                     *       },
                     *       "device": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "name": "Laptop",
                     *         "lastSeenDay": "2026-11-22",
                     *         "current": true
                     *       },
                     *       "trustToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `kdf_too_weak` (key derivation is too weak), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_mfa_challenge` (challenge is not valid), `invalid_mfa_code` (second factor is not right), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `account_deletion_pending` (account is to be deleted), `account_suspended` (account is suspended), `forbidden` (not allowed). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["DeviceLimitReached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    finishSignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed when the refresh token travels in the cookie: a form of another site cannot send it. */
                "sealpost-csrf"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinishSignInDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk",
                     *       "expiresIn": 600,
                     *       "refreshToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *       "account": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "username": "ada",
                     *         "displayName": "Ada Lovelace",
                     *         "privacy": "everyone",
                     *         "admin": true,
                     *         "createdAt": "2026-11-22T09:30:00.000Z"
                     *       },
                     *       "device": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "name": "Laptop",
                     *         "lastSeenDay": "2026-11-22",
                     *         "current": true
                     *       },
                     *       "trustToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_mfa_challenge` (challenge is not valid), `invalid_mfa_code` (second factor is not right). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `account_deletion_pending` (account is to be deleted), `account_suspended` (account is suspended), `forbidden` (not allowed). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["DeviceLimitReached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginPasskeySignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw",
                     *       "kinds": [
                     *         "totp",
                     *         "passkey",
                     *         "recovery_code"
                     *       ],
                     *       "expiresIn": 300
                     *     }
                     */
                    "application/json": components["schemas"]["MfaChallengeDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signInByPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Needed when the refresh token travels in the cookie: a form of another site cannot send it. */
                "sealpost-csrf"?: "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySignInDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Only when the refresh token travels in the cookie: the next token, or nothing once the session is over. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessionId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk",
                     *       "expiresIn": 600,
                     *       "refreshToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *       "account": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "username": "ada",
                     *         "displayName": "Ada Lovelace",
                     *         "privacy": "everyone",
                     *         "admin": true,
                     *         "createdAt": "2026-11-22T09:30:00.000Z"
                     *       },
                     *       "device": {
                     *         "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *         "createdAt": "2026-11-22T09:30:00.000Z",
                     *         "name": "Laptop",
                     *         "lastSeenDay": "2026-11-22",
                     *         "current": true
                     *       },
                     *       "trustToken": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_mfa_challenge` (challenge is not valid), `invalid_mfa_code` (second factor is not right). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `account_deletion_pending` (account is to be deleted), `account_suspended` (account is suspended), `forbidden` (not allowed). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["DeviceLimitReached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "deviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "transport": "body",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "lastUsedAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z",
                     *           "current": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyDevices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "name": "Laptop",
                     *           "lastSeenDay": "2026-11-22",
                     *           "current": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceListDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    addDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Laptop"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceNameDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "name": "Laptop",
                     *       "lastSeenDay": "2026-11-22",
                     *       "current": true
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            409: components["responses"]["DeviceLimitReached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    renameDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Laptop"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceNameDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "name": "Laptop",
                     *       "lastSeenDay": "2026-11-22",
                     *       "current": true
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDevices: {
        parameters: {
            query?: {
                /** @description The newest list that the asker knows, by its version; 0 for none. */
                listsAfter?: number;
            };
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "createdAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "list": null,
                     *       "earlierLists": [
                     *         {
                     *           "version": 1,
                     *           "body": "AAAAFnNlYWxwb3N0IGRldmljZSBsaXN0IDEAAAAkMDE5OGM1YTAtM2Y0ZS03ZDNhLThiNTgtMWY3ZjJhNmMwZDExAAAAATEAAAABMQAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAExAAAAJDAxOThjNWEwLTNmNGUtN2QzYS04YjU4LTFmN2YyYTZjMGQyMQAAACBzZWFsZWRzZWFsZWRzZWFsZWRzZWFsZWRzZWFsZWRzZQAAAA0xNzk1MzM4MDAwMDAw",
                     *           "signature": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbA",
                     *           "keyVersion": 1,
                     *           "createdAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PeerDeviceListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMyDeviceList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedDeviceListDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    putDeviceList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutDeviceListDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedDeviceListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `invalid_signature` (signature does not verify), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            409: components["responses"]["StaleVersion"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    uploadKeyPackages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "keyPackages": [
                 *         {
                 *           "body": "cw",
                 *           "lastResort": true
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UploadKeyPackagesDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "counts": [
                     *         {
                     *           "suite": 83,
                     *           "available": 50,
                     *           "lastResort": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["KeyPackageCountsDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            409: components["responses"]["DeviceNotListed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Refused: `account_quota_exceeded` (quota of the account exceeded), `rate_limited` (too many requests). */
            429: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. Not with a quota of which nobody knows when there will be room. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    countKeyPackages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "counts": [
                     *         {
                     *           "suite": 83,
                     *           "available": 50,
                     *           "lastResort": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["KeyPackageCountsDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    claimKeyPackages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "suite": 83,
                 *       "deviceIds": [
                 *         "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ClaimKeyPackagesDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "list": null,
                     *       "keyPackages": [
                     *         {
                     *           "deviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "ref": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U",
                     *           "body": "cw",
                     *           "lastResort": true
                     *         }
                     *       ],
                     *       "without": [
                     *         "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ClaimDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMyIdentityKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityKeyDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    uploadIdentityKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadKeyDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityKeyDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `invalid_signature` (signature does not verify), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_credentials` (wrong username or secret), `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["StaleVersion"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getIdentityKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityKeyDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listIdentityKeys: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "ada",
                     *           "algorithm": "ed25519",
                     *           "publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                     *           "fingerprint": "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9",
                     *           "version": 1,
                     *           "prevHash": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                     *           "signature": null,
                     *           "createdAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["KeyHistoryDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    openLinking: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "offer": "c2VhbGVk"
                 *     }
                 */
                "application/json": components["schemas"]["OpenLinkingDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "slotId": "q83vEjRWeJCrze8SNFZ4kA",
                     *       "readKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw",
                     *       "expiresAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedLinkingDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLinkingOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the slot: 128 random bits. */
                slotId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "offer": "c2VhbGVk",
                     *       "expiresAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["LinkingOfferDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    answerLinking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the slot: 128 random bits. */
                slotId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answer": "c2VhbGVk"
                 *     }
                 */
                "application/json": components["schemas"]["AnswerLinkingDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    provideLinking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the slot: 128 random bits. */
                slotId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provisioning": "c2VhbGVk"
                 *     }
                 */
                "application/json": components["schemas"]["ProvideLinkingDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    readLinking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the slot: 128 random bits. */
                slotId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "readKey": "74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw"
                 *     }
                 */
                "application/json": components["schemas"]["ReadLinkingDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "answer": "c2VhbGVk",
                     *       "provisioning": "c2VhbGVk"
                     *     }
                     */
                    "application/json": components["schemas"]["LinkingReplyDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "ada",
                     *           "displayName": "Ada Lovelace",
                     *           "state": "accepted",
                     *           "changedAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ContactListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "state": "accepted",
                     *       "changedAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    decideContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "accepted"
                 *     }
                 */
                "application/json": components["schemas"]["DecideContactDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "state": "accepted",
                     *       "changedAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is decided about them any more. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace"
                     *     }
                     */
                    "application/json": components["schemas"]["ProfileDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a1-77aa-8d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "direct",
                     *           "protocol": "opaque",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "state": "joined",
                     *           "role": "member",
                     *           "headSeq": 12,
                     *           "stays": [
                     *             {
                     *               "from": 1,
                     *               "to": null
                     *             }
                     *           ],
                     *           "peer": {
                     *             "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *             "username": "grace",
                     *             "displayName": "Grace Hopper"
                     *           },
                     *           "invitedBy": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationDto"];
            };
        };
        responses: {
            /** @description It was there before. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetailsDto"];
                };
            };
            /** @description It is new. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetailsDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Refused: `conversation_full` (conversation is full), `id_reused` (id already used). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Refused: `account_quota_exceeded` (quota of the account exceeded), `rate_limited` (too many requests). */
            429: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. Not with a quota of which nobody knows when there will be room. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetailsDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    leaveConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description I am not in it any more. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    acceptConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description I am in it. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    addMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "01a0c450-6c00-7000-8000-07be8fa9adc7",
                 *       "members": [
                 *         "grace"
                 *       ],
                 *       "role": "member"
                 *     }
                 */
                "application/json": components["schemas"]["AddMembersDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "seq": 7
                     *     }
                     */
                    "application/json": components["schemas"]["EntrySeqDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Refused: `already_member` (already a member), `commit_required` (only a commit changes this), `conversation_full` (conversation is full), `id_reused` (id already used). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Refused: `account_quota_exceeded` (quota of the account exceeded), `rate_limited` (too many requests). */
            429: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. Not with a quota of which nobody knows when there will be room. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "01a0c450-6c00-7000-8000-07be8fa9adc7",
                 *       "members": [
                 *         "grace"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RemoveMembersDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "seq": 7
                     *     }
                     */
                    "application/json": components["schemas"]["EntrySeqDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Refused: `commit_required` (only a commit changes this), `id_reused` (id already used). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
                /** @description The member. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeRoleDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "seq": 7
                     *     }
                     */
                    "application/json": components["schemas"]["EntrySeqDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Refused: `commit_required` (only a commit changes this), `last_owner` (a group needs an owner). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "01a0c450-6c00-7000-8000-07be8fa9adc7",
                 *       "metadata": "cw"
                 *     }
                 */
                "application/json": components["schemas"]["SetMetadataDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "seq": 7
                     *     }
                     */
                    "application/json": components["schemas"]["EntrySeqDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdReused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendCommit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "01a0c450-6c00-7000-8000-07be8fa9adc7",
                 *       "commit": "cw",
                 *       "welcome": "cw",
                 *       "groupInfo": "cw"
                 *     }
                 */
                "application/json": components["schemas"]["CommitDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "seq": 17,
                     *       "generation": 1,
                     *       "epoch": 8,
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["CommittedDto"];
                };
            };
            /** @description Refused: `invalid_commit` (commit is not valid), `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Refused: `already_member` (already a member), `conversation_full` (conversation is full), `id_reused` (id already used), `removal_pending` (a device has to be removed first), `stale_epoch` (epoch is not current). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Refused: `account_quota_exceeded` (quota of the account exceeded), `rate_limited` (too many requests). */
            429: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. Not with a quota of which nobody knows when there will be room. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getGroupInfo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "groupInfo": "cw",
                     *       "generation": 1,
                     *       "epoch": 8
                     *     }
                     */
                    "application/json": components["schemas"]["GroupInfoDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    repairGroupInfo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "groupInfo": "cw"
                 *     }
                 */
                "application/json": components["schemas"]["NewGroupInfoDto"];
            };
        };
        responses: {
            /** @description It is replaced. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_commit` (commit is not valid), `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StaleEpoch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWelcomes: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "seq": 17,
                     *           "generation": 1,
                     *           "epoch": 8,
                     *           "welcome": "c2VhbGVk"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WelcomeListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWelcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The welcome. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It waits for this device no more. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendDirectMessage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "01a0c450-6c00-7000-8000-07be8fa9adc7",
                 *       "ciphertext": "cw",
                 *       "expiresIn": 3600,
                 *       "to": "ada"
                 *     }
                 */
                "application/json": components["schemas"]["SendDirectMessageDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "seq": 17,
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["SentMessageDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdReused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Refused: `account_quota_exceeded` (quota of the account exceeded), `rate_limited` (too many requests). */
            429: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. Not with a quota of which nobody knows when there will be room. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    readLog: {
        parameters: {
            query?: {
                /** @description Position after which to read; 0 reads from the start. */
                after?: number;
                /** @description Most entries to return. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "seq": 17,
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "message",
                     *           "senderId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "sender": "ada",
                     *           "senderDeviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z",
                     *           "ciphertext": "c2VhbGVk"
                     *         }
                     *       ],
                     *       "upTo": 17,
                     *       "headSeq": 42
                     *     }
                     */
                    "application/json": components["schemas"]["LogPageDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "01a0c450-6c00-7000-8000-07be8fa9adc7",
                 *       "ciphertext": "cw",
                 *       "expiresIn": 3600
                 *     }
                 */
                "application/json": components["schemas"]["SendMessageDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "seq": 17,
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["SentMessageDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Refused: `id_reused` (id already used), `removal_pending` (a device has to be removed first), `stale_epoch` (epoch is not current). */
            409: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
                /** @description The message. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "seq": 17,
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "kind": "message",
                     *       "senderId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "sender": "ada",
                     *       "senderDeviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "expiresAt": "2026-11-22T09:30:00.000Z",
                     *       "ciphertext": "c2VhbGVk",
                     *       "deliveredAt": "2026-11-22T09:30:00.000Z",
                     *       "readAt": "2026-11-22T09:30:00.000Z",
                     *       "receipts": [
                     *         {
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "ada",
                     *           "deliveredAt": "2026-11-22T09:30:00.000Z",
                     *           "readAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInbox: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "seq": 17,
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "message",
                     *           "senderId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "sender": "ada",
                     *           "senderDeviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z",
                     *           "ciphertext": "c2VhbGVk",
                     *           "deliveredAt": "2026-11-22T09:30:00.000Z",
                     *           "readAt": "2026-11-22T09:30:00.000Z",
                     *           "receipts": [
                     *             {
                     *               "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "username": "ada",
                     *               "deliveredAt": "2026-11-22T09:30:00.000Z",
                     *               "readAt": "2026-11-22T09:30:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["MessagePageDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSent: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "seq": 17,
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "message",
                     *           "senderId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "sender": "ada",
                     *           "senderDeviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z",
                     *           "ciphertext": "c2VhbGVk",
                     *           "deliveredAt": "2026-11-22T09:30:00.000Z",
                     *           "readAt": "2026-11-22T09:30:00.000Z",
                     *           "receipts": [
                     *             {
                     *               "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "username": "ada",
                     *               "deliveredAt": "2026-11-22T09:30:00.000Z",
                     *               "readAt": "2026-11-22T09:30:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["MessagePageDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReceipts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "delivered",
                     *           "upTo": 17,
                     *           "at": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WatermarksDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateReceipts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "delivered": 17,
                 *       "read": 12
                 *     }
                 */
                "application/json": components["schemas"]["ReceiptsDto"];
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    markDelivered: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
                /** @description The message. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    markRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                conversationId: string;
                /** @description The message. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "incarnation": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                 *       "revision": 0,
                 *       "cursors": {
                 *         "0198c5a0-3f4e-8d3a-8b58-1f7f2a6c0d11": 16
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SyncRequestDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "incarnation": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "revision": 7,
                     *       "changes": [
                     *         {
                     *           "revision": 7,
                     *           "what": "profile",
                     *           "subject": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11"
                     *         }
                     *       ],
                     *       "welcomes": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "seq": 17,
                     *           "generation": 1,
                     *           "epoch": 8
                     *         }
                     *       ],
                     *       "receipts": [
                     *         {
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "accountId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "kind": "delivered",
                     *           "upTo": 17,
                     *           "at": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "conversations": [
                     *         {
                     *           "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "headSeq": 42,
                     *           "upTo": 42,
                     *           "items": [
                     *             {
                     *               "conversationId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "seq": 17,
                     *               "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "kind": "message",
                     *               "senderId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "sender": "ada",
                     *               "senderDeviceId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "createdAt": "2026-11-22T09:30:00.000Z",
                     *               "expiresAt": "2026-11-22T09:30:00.000Z",
                     *               "ciphertext": "c2VhbGVk"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "more": false
                     *     }
                     */
                    "application/json": components["schemas"]["SyncReplyDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expireAfter": 604800,
                     *       "afterDelivery": false,
                     *       "maximum": 31536000,
                     *       "deliveredEverywhere": false,
                     *       "deliveredKept": 86400
                     *     }
                     */
                    "application/json": components["schemas"]["RetentionInForceDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The conversation. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRetentionDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "seq": 7
                     *     }
                     */
                    "application/json": components["schemas"]["EntrySeqDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdReused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAttachment: {
        parameters: {
            query?: never;
            header: {
                /** @description As in tus: `conversationId`, and `expiresIn` if the attachment is to be gone so many seconds after it is whole, each with its value in base64. Nothing else is taken: names and types of files stand in the message that names it. */
                "Upload-Metadata": string;
                /** @description How many bytes the whole ciphertext has. */
                "Upload-Length": number;
                /** @description The version of tus that the client speaks. */
                "Tus-Resumable": "1.0.0";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version of tus that the relay speaks. */
                    "Tus-Resumable": "1.0.0";
                    /** @description When it will be gone, unless it is whole by then; of a whole one, when that will be gone, if ever. */
                    "Upload-Expires"?: string;
                    /** @description Where the upload goes to. The last part is the id of the attachment. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["UnsupportedTusVersion"];
            /** @description Refused: `attachment_too_large` (attachment is too large), `payload_too_large` (payload too large). */
            413: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Refused: `attachment_quota_exceeded` (quota of attachments exceeded), `rate_limited` (too many requests). */
            429: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description Seconds after which trying again makes sense; the same as `retryAfterSeconds`. Not with a quota of which nobody knows when there will be room. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    downloadAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes. Several, and what is no range, count for nothing. */
                Range?: string;
            };
            path: {
                /** @description The attachment. */
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version of tus that the relay speaks. */
                    "Tus-Resumable": "1.0.0";
                    /** @description Parts can be asked for. */
                    "Accept-Ranges": "bytes";
                    /** @description Browsers are not to show it. */
                    "Content-Disposition": "attachment";
                    [name: string]: unknown;
                };
                content: {
                    /** @example  */
                    "application/octet-stream": string;
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version of tus that the relay speaks. */
                    "Tus-Resumable": "1.0.0";
                    /** @description Parts can be asked for. */
                    "Accept-Ranges": "bytes";
                    /** @description Browsers are not to show it. */
                    "Content-Disposition": "attachment";
                    /** @description Which bytes it has, and how many there are. */
                    "Content-Range": string;
                    [name: string]: unknown;
                };
                content: {
                    /** @example  */
                    "application/octet-stream": string;
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RangeNotSatisfiable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAttachment: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of tus that the client speaks. */
                "Tus-Resumable": "1.0.0";
            };
            path: {
                /** @description The attachment. */
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version of tus that the relay speaks. */
                    "Tus-Resumable": "1.0.0";
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["UnsupportedTusVersion"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of tus that the client speaks. */
                "Tus-Resumable": "1.0.0";
            };
            path: {
                /** @description The attachment. */
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version of tus that the relay speaks. */
                    "Tus-Resumable": "1.0.0";
                    /** @description How many bytes the relay has in safety: the upload goes on here. */
                    "Upload-Offset": number;
                    /** @description When it will be gone, unless it is whole by then; of a whole one, when that will be gone, if ever. */
                    "Upload-Expires"?: string;
                    /** @description How many bytes the whole has. */
                    "Upload-Length": number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["UnsupportedTusVersion"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    continueUpload: {
        parameters: {
            query?: never;
            header: {
                /** @description How many bytes the relay has by now. */
                "Upload-Offset": number;
                /** @description The version of tus that the client speaks. */
                "Tus-Resumable": "1.0.0";
            };
            path: {
                /** @description The attachment. */
                attachmentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example  */
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description The version of tus that the relay speaks. */
                    "Tus-Resumable": "1.0.0";
                    /** @description How many bytes the relay has in safety: the upload goes on here. */
                    "Upload-Offset": number;
                    /** @description When it will be gone, unless it is whole by then; of a whole one, when that will be gone, if ever. */
                    "Upload-Expires"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["UploadOffsetMismatch"];
            412: components["responses"]["UnsupportedTusVersion"];
            /** @description Refused: `attachment_too_large` (attachment is too large), `payload_too_large` (payload too large). */
            413: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["StorageFull"];
        };
    };
    listReports: {
        parameters: {
            query?: {
                /** @description Items per page; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nextCursor": null,
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "username": "mallory",
                     *           "reason": "spam",
                     *           "state": "open",
                     *           "filedAt": "2026-11-22T09:30:00.000Z",
                     *           "resolvedAt": null,
                     *           "keptUntil": "2027-02-20T09:30:00.000Z",
                     *           "messages": [
                     *             {
                     *               "messageId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *               "verdict": "verified"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ReportListDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    fileReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileReportDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "username": "mallory",
                     *       "reason": "spam",
                     *       "state": "open",
                     *       "filedAt": "2026-11-22T09:30:00.000Z",
                     *       "resolvedAt": null,
                     *       "keptUntil": "2027-02-20T09:30:00.000Z",
                     *       "messages": [
                     *         {
                     *           "messageId": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "verdict": "verified"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ReportDto"];
                };
            };
            /** @description Refused: `invalid_report` (report does not hold), `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdReused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "webpush",
                     *       "muted": true,
                     *       "mutedUntil": "2026-11-22T09:30:00.000Z",
                     *       "registeredAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PushRegistrationDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    registerPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "target": {
                 *         "kind": "webpush",
                 *         "endpoint": "https://push.example.org/wake/3f4e7d3a8b58",
                 *         "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                 *         "auth": "BTBZMqHH6r4Tts7J_aSIgg"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RegisterPushDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "webpush",
                     *       "muted": true,
                     *       "mutedUntil": "2026-11-22T09:30:00.000Z",
                     *       "registeredAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PushRegistrationDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            409: components["responses"]["PushUnsupported"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    unregisterPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    mutePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "until": "2026-11-22T09:30:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["MutePushDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "webpush",
                     *       "muted": true,
                     *       "mutedUntil": "2026-11-22T09:30:00.000Z",
                     *       "registeredAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PushRegistrationDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    unmutePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "webpush",
                     *       "muted": true,
                     *       "mutedUntil": "2026-11-22T09:30:00.000Z",
                     *       "registeredAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PushRegistrationDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example  */
                    "text/plain": string;
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "software": "sealpost",
                     *       "protocol": {
                     *         "min": 1,
                     *         "max": 1
                     *       },
                     *       "kdfFloors": {
                     *         "argon2id": {
                     *           "memoryKiB": 65536,
                     *           "iterations": 3
                     *         },
                     *         "pbkdf2-sha256": {
                     *           "iterations": 600000
                     *         }
                     *       },
                     *       "limits": {
                     *         "ciphertextBytes": 65536,
                     *         "metadataBytes": 65536,
                     *         "bodyBytes": 65536,
                     *         "frameBytes": 65536,
                     *         "vaultItemBytes": 65536,
                     *         "vaultBytes": 65536,
                     *         "vaultNames": 1024,
                     *         "pageItems": 200,
                     *         "members": 1000,
                     *         "attachmentBytes": 1138166333,
                     *         "attachmentsBytes": 21474836480,
                     *         "attachmentBytesPerDay": 10737418240,
                     *         "devices": 10
                     *       },
                     *       "auditKey": {
                     *         "algorithm": "ed25519",
                     *         "publicKey": "c2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2VhbGVkc2U"
                     *       },
                     *       "deletionGraceDays": 14,
                     *       "registration": "open",
                     *       "push": {
                     *         "vapidPublicKey": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                     *         "fcm": true,
                     *         "apnsTopics": [
                     *           "org.example.chat"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ServerDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAnnouncements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *           "severity": "info",
                     *           "text": "On Sunday from 8 to 9 this server is being updated.",
                     *           "textEn": "On Sunday from 8 to 9 this server is being updated.",
                     *           "textDe": null,
                     *           "createdAt": "2026-11-22T09:30:00.000Z",
                     *           "expiresAt": "2026-11-22T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AnnouncementListDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminAnnounce: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "severity": "info",
                 *       "text": "On Sunday from 8 to 9 this server is being updated.",
                 *       "textEn": "On Sunday from 8 to 9 this server is being updated.",
                 *       "textDe": "Am Sonntag von 8 bis 9 Uhr wird dieser Server aktualisiert.",
                 *       "expiresIn": 604800
                 *     }
                 */
                "application/json": components["schemas"]["AnnounceDto"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11",
                     *       "severity": "info",
                     *       "text": "On Sunday from 8 to 9 this server is being updated.",
                     *       "textEn": "On Sunday from 8 to 9 this server is being updated.",
                     *       "textDe": null,
                     *       "createdAt": "2026-11-22T09:30:00.000Z",
                     *       "expiresAt": "2026-11-22T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AnnouncementDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminWithdrawAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the announcement. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminGetAllowance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attachmentBytes": 53687091200,
                     *       "attachmentBytesPerDay": 53687091200,
                     *       "limits": null
                     *     }
                     */
                    "application/json": components["schemas"]["AllowanceDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminSetQuotas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "attachmentBytes": 53687091200,
                 *       "attachmentBytesPerDay": 53687091200
                 *     }
                 */
                "application/json": components["schemas"]["SetQuotasDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attachmentBytes": 53687091200,
                     *       "attachmentBytesPerDay": 53687091200,
                     *       "limits": null
                     *     }
                     */
                    "application/json": components["schemas"]["AllowanceDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminSetLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "percent": 300,
                 *       "expiresIn": 604800
                 *     }
                 */
                "application/json": components["schemas"]["SetLimitsDto"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attachmentBytes": 53687091200,
                     *       "attachmentBytesPerDay": 53687091200,
                     *       "limits": null
                     *     }
                     */
                    "application/json": components["schemas"]["AllowanceDto"];
                };
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminLiftLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whom it is about. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done. There is nothing to tell. */
            204: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `invalid_request` (request is not valid), `unsupported_protocol` (version of the protocol is not spoken). */
            400: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `invalid_token` (access token is missing or not valid), `mfa_required` (a second factor is needed). */
            401: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /** @description How to sign requests. */
                    "WWW-Authenticate": "Bearer";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Refused: `forbidden` (not allowed), `mfa_not_set_up` (no second factor is set up). */
            403: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    adminGetStatistics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    "Sealpost-Protocol": components["headers"]["Sealpost-Protocol"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-11-22T09:30:00.000Z",
                     *       "version": "0.1.0",
                     *       "uptimeSeconds": 42,
                     *       "accounts": 42,
                     *       "activeAccounts": {
                     *         "day": 42,
                     *         "week": 42,
                     *         "month": 42
                     *       },
                     *       "devices": 42,
                     *       "conversations": 42,
                     *       "messages": 42,
                     *       "databaseBytes": 42,
                     *       "attachments": 42,
                     *       "attachmentBytes": 42,
                     *       "pushes": {
                     *         "sent": 42,
                     *         "failed": 42
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StatisticsDto"];
                };
            };
            400: components["responses"]["UnsupportedProtocol"];
            401: components["responses"]["InvalidToken"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}

/// Reads, writes and removes one secret of the Secret Service, through libsecret.
///
/// libsecret is opened when it is used first, so that a program runs where it is not installed. Nothing is printed.
/// Every function is bounded in time and may be called from any thread.
#ifndef KEYFOB_SECRET_SERVICE_H
#define KEYFOB_SECRET_SERVICE_H

#include <stdbool.h>

/// How a call ended.
typedef enum {
    /// Done: the secret was found, kept or removed.
    KeyfobSecretDone,
    /// The keyring is open and has no such secret.
    KeyfobSecretAbsent,
    /// The keyring that has the secret, or would take it, is locked.
    KeyfobSecretLocked,
    /// The person was asked to unlock the keyring, and did not.
    KeyfobSecretNotUnlocked,
    /// There is no default keyring that a secret could be put into.
    KeyfobSecretNoCollection,
    /// There is a secret, and it is no text: it has a zero byte. That it is UTF-8 is for the caller to see.
    KeyfobSecretNotText,
    /// libsecret is not there, or is not as it should be.
    KeyfobSecretNoLibrary,
    /// There was no answer in time.
    KeyfobSecretNoAnswer,
    /// Something else failed: see the domain, code and message.
    KeyfobSecretFailed,
} KeyfobSecretOutcome;

/// What came back.
typedef struct {
    KeyfobSecretOutcome outcome;
    /// The secret; freed with `keyfob_secret_free`. NULL unless one was found.
    char *secret;
    /// GLib's error domain, such as `g-dbus-error-quark`; empty unless something failed.
    char domain[64];
    /// The error's number in its domain.
    int code;
    /// The error's words, cut off where they are long.
    char message[512];
} KeyfobSecretReply;

/// How long to wait, in milliseconds.
typedef struct {
    /// For the service to answer.
    unsigned answer;
    /// For a person to unlock the keyring; 0 asks nobody.
    unsigned unlock;
} KeyfobSecretPatience;

/// Which secret: one with these two attributes. Both are UTF-8.
typedef struct {
    /// The program or family of programs.
    const char *application;
    /// The secret's name within it.
    const char *key;
} KeyfobSecretName;

/// Looks a secret up.
KeyfobSecretReply keyfob_secret_read(KeyfobSecretName name, KeyfobSecretPatience patience);

/// Keeps a secret in the default keyring, in place of the one with the same name.
///
/// - label: what the desktop's programs show for it.
KeyfobSecretReply keyfob_secret_write(
    KeyfobSecretName name, const char *label, const char *secret, KeyfobSecretPatience patience);

/// Removes a secret.
KeyfobSecretReply keyfob_secret_delete(KeyfobSecretName name, KeyfobSecretPatience patience);

/// Wipes and frees a secret that was found; NULL is fine.
void keyfob_secret_free(char *secret);

#endif

// A product's executable is facts: it needs the vocabulary of these modules, and imports this one only.
@_exported public import ArgumentParser
@_exported public import KeyfobClient
@_exported public import KeyfobCredentialFiles
@_exported public import KeyfobCredentials
@_exported public import KeyfobKeyring
@_exported public import KeyfobProtocol
@_exported public import KeyfobSignIn
@_exported public import KeyfobTerminal

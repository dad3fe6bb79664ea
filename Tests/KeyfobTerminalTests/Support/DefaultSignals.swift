import KeyfobTerminal

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lets signals act as in a program that a shell has started, whatever the tests were started with (nohup), and ends
/// the process after a minute, should nobody press the keys that it waits for.
func useDefaultSignals() {
    alarm(60)
    for wanted in Signal.allCases { signal(wanted.number, SIG_DFL) }
}

import KeyfobTerminal
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Interruptions")
struct InterruptionTests {
    @Test func `without a signal the body's result and error come out`() async throws {
        #expect(try await withInterruption { 7 } == 7)
        await #expect(throws: TestFailure.self) { try await withInterruption { throw TestFailure("on purpose") } }
    }

    @Test func `exit codes are those that shells know`() {
        #expect(Signal.interrupt.exitCode == 130)
        #expect(Signal.terminate.exitCode == 143)
        #expect(Signal.hangUp.exitCode == 129)
    }

    @Test(arguments: [Signal.interrupt, .terminate, .hangUp])
    func `a signal cancels the body, which tidies up before the error comes out`(_ signal: Signal) async {
        await #expect(processExitsWith: .success) { [number = signal.number as Int32] in
            useDefaultSignals()
            let tidied = Flag()
            let error = await #expect(throws: Interrupted.self) {
                try await withInterruption {
                    kill(getpid(), number)
                    try? await Task.sleep(for: .seconds(60))  // allowed: cut short by the signal
                    tidied.raise()
                }
            }
            #expect(error?.signal.number == number)
            #expect(tidied.isRaised)
        }
    }

    @Test func `a second signal ends a process whose body does not listen`() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            useDefaultSignals()
            try await withInterruption {
                kill(getpid(), SIGINT)
                while !Task.isCancelled { await Task.yield() }
                kill(getpid(), SIGINT)
                // A task of its own is deaf to the cancellation of this one.
                let deaf = Task { try? await Task.sleep(for: .seconds(60)) }  // allowed: the signal has to end it
                await deaf.value
            }
        }
    }

    @Test func `afterwards signals act as before`() async {
        await #expect(processExitsWith: .signal(SIGTERM)) {
            useDefaultSignals()
            _ = try await withInterruption { 7 }
            kill(getpid(), SIGTERM)
            try await Task.sleep(for: .seconds(60))  // allowed: cut short by the signal
        }
    }

    @Test func `a signal that was ignored at the start stays ignored`() async {
        await #expect(processExitsWith: .success) {
            useDefaultSignals()
            signal(SIGHUP, SIG_IGN)
            let result = try await withInterruption {
                kill(getpid(), SIGHUP)
                try await Task.sleep(for: .milliseconds(50))  // allowed: there is nothing to wait for
                return 7
            }
            #expect(result == 7)
            kill(getpid(), SIGHUP)
        }
    }

    @Test func `watching yields the signals as they come`() async {
        await #expect(processExitsWith: .success) {
            useDefaultSignals()
            var seen: [Signal] = []
            let signals = Interruption.watch()
            kill(getpid(), SIGTERM)
            for await signal in signals {
                seen.append(signal)
                if seen.count == 2 { break }
                kill(getpid(), SIGINT)
            }
            #expect(seen == [.terminate, .interrupt])
        }
    }

    #if os(Linux)
        @Test func `a program that is started meanwhile has its signals as ever`() async {
            await #expect(processExitsWith: .success) {
                useDefaultSignals()
                try await withInterruption {
                    var child = pid_t()
                    var arguments = [strdup("sleep"), strdup("60"), nil]
                    // The threads of tasks block signals, and a child would inherit that.
                    var attributes = posix_spawnattr_t()
                    posix_spawnattr_init(&attributes)
                    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
                    #expect(posix_spawnp(&child, "sleep", nil, &attributes, &arguments, environ) == 0)
                    kill(child, SIGINT)
                    var status: Int32 = 0
                    waitpid(child, &status, 0)
                    #expect(status & 0x7F == SIGINT)
                }
            }
        }
    #endif
}

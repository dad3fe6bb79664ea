/// The script that `curl -sSL …/cli | bash` runs.
///
/// Nothing runs before the last line has arrived, and nothing is installed whose checksum is another.
struct PodstackInstaller {
    /// A program for one system.
    struct Offer {
        /// The system, as `uname -s` and `uname -m` name it.
        let system: String
        /// The file.
        let program: String
        /// Its SHA-256, in lower-case hexadecimal digits.
        let checksum: String
    }

    /// Where the programs are.
    let origin: String
    /// The programs.
    let offers: [Offer]

    /// The checksum in what `sha256sum` wrote; `nil` for other text.
    static func checksum(in text: String) -> String? {
        let word = text.prefix { !$0.isWhitespace }
        let isChecksum =
            word.utf8.count == 64
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            }
        return isChecksum ? String(word) : nil
    }

    /// The script.
    var text: String {
        guard !offers.isEmpty else {
            return "echo 'podstack: there is no program to install here yet' >&2\nexit 1\n"
        }
        let cases = offers.map { "        \($0.system)) program=\($0.program) checksum=\($0.checksum) ;;" }
        return """
            #!/bin/sh
            # Installs podstack (unofficial, compatible with Podstack).
            # PODSTACK_INSTALL_DIR names the folder; without it, a folder of PATH that you may write to is taken.
            set -eu

            fail() {
                echo "podstack: $1" >&2
                exit 1
            }

            choose_folder() {
                for folder in "$HOME/.local/bin" "$HOME/bin" /usr/local/bin; do
                    case ":$PATH:" in
                        *":$folder:"*) if mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; then return; fi ;;
                    esac
                done
                folder=$HOME/.local/bin
                echo "podstack: add $folder to PATH to use it" >&2
            }

            install_podstack() {
                case "$(uname -s)-$(uname -m)" in
            \(cases.joined(separator: "\n"))
                    *) fail "there is no program for $(uname -s) on $(uname -m) here" ;;
                esac
                if [ -n "${PODSTACK_INSTALL_DIR:-}" ]; then folder=$PODSTACK_INSTALL_DIR; else choose_folder; fi
                mkdir -p "$folder" || fail "$folder can't be made"
                fetched=$(mktemp "$folder/.podstack.XXXXXX") || fail "$folder can't be written to"
                trap 'rm -f "$fetched"' EXIT
                curl -fsSL "\(origin)/cli/$program" -o "$fetched" || fail "$program can't be fetched"
                sum=$(if command -v sha256sum >/dev/null; then sha256sum "$fetched"; else shasum -a 256 "$fetched"; fi)
                [ "${sum%% *}" = "$checksum" ] || fail "the checksum of $program is wrong; nothing was installed"
                chmod 755 "$fetched"
                mv -f "$fetched" "$folder/podstack"
                echo "podstack was installed in $folder"
            }

            install_podstack

            """
    }
}

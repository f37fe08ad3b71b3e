import ArgumentParser
import Foundation

/// The end of a command that did not succeed: a message for a person, and a code of sysexits.h for scripts.
struct CommandExit: Error {
    enum Code: Int32 {
        /// It succeeded, and found something that needs a person's hand. sysexits.h has no such code.
        case needsAHand = 1
        /// The input is not valid.
        case badData = 65
        /// The input does not exist.
        case noInput = 66
        /// The gateway does not answer, or cannot do it now.
        case unavailable = 69
        /// A fault of the program.
        case software = 70
        /// The system refuses: a socket, a file, a lock.
        case systemFault = 71
        /// The output exists already, or cannot be made.
        case cannotCreate = 73
        /// The disk fails, or the output could not be written.
        case inputOutput = 74
        /// The configuration is not valid.
        case badConfiguration = 78
    }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    func leave() -> Never {
        Terminal.error(message)
        exit(code.rawValue)
    }
}

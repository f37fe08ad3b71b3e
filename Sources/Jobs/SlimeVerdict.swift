import Foundation
import Journey
import Slime

/// What a failed call means for the sale, the account and the clock: the one table of it.
enum SlimeVerdict: Sendable, Equatable {
    /// The provider has a transaction of this id already.
    case alreadyInitiated
    /// Again later: the provider answered, and nothing is wrong for good.
    case tryAgain
    /// Again later: the call did not get through, which may be the provider's fault or this sale's.
    case noAnswer(ServicePolicy.Scope)
    /// Again much later: a code that this version does not know.
    case tryAgainSeldom
    /// The account as a whole is refused.
    case holdAccount
    /// `test/hello` tells whether the account or this sale is at fault.
    case askHello
    /// This sale is refused as it is.
    case rejectSale
    /// The clock is to be corrected by the server's.
    case correctClock

    /// - Parameters:
    ///   - step: the call that failed.
    ///   - namesItsTheme: whether the event, not the configuration, chose the theme.
    init(_ error: SlimeError, step: JobMachine.Step, namesItsTheme: Bool) {
        switch error.kind {
        case .unreachable, .untrusted, .proxyFailed: self = .noAnswer(.provider)
        case .unexpectedStatus(let status): self = .noAnswer(Self.ofProvider(status) ? .provider : .either)
        case .unanswered, .unintelligible: self = .noAnswer(.either)
        case .unusable: self = .holdAccount
        case .exception(let exception):
            switch exception.meaning {
            // Only the stub makes a transaction; from show it is as good as unknown.
            case .alreadyInitiated: self = step == .begin ? .alreadyInitiated : .tryAgainSeldom
            case .transient: self = .tryAgain
            case .unknown: self = .tryAgainSeldom
            case .accountWide: self = .holdAccount
            case .requestRefused: self = .askHello
            case .thisSale: self = .rejectSale
            case .theme: self = namesItsTheme ? .rejectSale : .holdAccount
            case .clock: self = .correctClock
            }
        }
    }

    /// What no sale brings about: redirects, a proxy's login, too many calls, a network's (RFC 6585). A 403 may: firewalls
    /// that read along take offence at texts.
    private static func ofProvider(_ status: Int) -> Bool {
        (300..<400).contains(status) || [407, 429, 511].contains(status)
    }
}

extension Failure {
    init(_ error: SlimeError, at now: Date) {
        self.init(code: error.code, message: error.message, at: now)
    }

    /// Of a sale that fails while others get through.
    init(_ error: SlimeError, apartAt now: Date) {
        let words = "other sales get through, so this one waits apart and is tried again after them"
        self.init(code: error.code, message: "\(error.message); \(words)", at: now)
    }
}

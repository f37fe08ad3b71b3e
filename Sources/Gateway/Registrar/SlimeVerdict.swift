import Foundation
import Journey
import Slime

/// What a failed call means for the sale, the account and the clock: the one table of it.
enum SlimeVerdict: Sendable, Equatable {
    /// The provider has a transaction of this id already.
    case alreadyInitiated
    /// Again later. `serviceWide`: no call is likely to get through now.
    case tryAgain(serviceWide: Bool)
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
    init(_ error: SlimeError, step: RegistrationMachine.Step, namesItsTheme: Bool) {
        switch error.kind {
        case .unreachable, .untrusted, .proxyFailed, .unanswered, .unexpectedStatus, .unintelligible:
            self = .tryAgain(serviceWide: true)
        case .unusable: self = .holdAccount
        case .exception(let exception):
            switch exception.meaning {
            // Only the stub makes a transaction; from show it is as good as unknown.
            case .alreadyInitiated: self = step == .stub ? .alreadyInitiated : .tryAgainSeldom
            case .transient: self = .tryAgain(serviceWide: false)
            case .unknown: self = .tryAgainSeldom
            case .accountWide: self = .holdAccount
            case .requestRefused: self = .askHello
            case .thisSale: self = .rejectSale
            case .theme: self = namesItsTheme ? .rejectSale : .holdAccount
            case .clock: self = .correctClock
            }
        }
    }
}

extension Failure {
    init(_ error: SlimeError, at now: Date) {
        self.init(code: error.code, message: error.message, at: now)
    }
}

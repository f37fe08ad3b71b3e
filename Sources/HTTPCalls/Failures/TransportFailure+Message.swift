import Foundation
import NIOHTTP1

extension TransportFailure {
    static func message(for cause: Cause, mayHaveActed: Bool, _ target: CallTarget) -> String {
        let service = target.service
        let what = message(for: cause, target)
        if target.subject == .file { return "The file was not fetched: \(what)" }
        if mayHaveActed { return "Perhaps sent to \(service), and not answered: \(what)" }
        // Nothing says which of the two it was; if the proxy was at fault, the message has it already.
        let way = target.proxy.flatMap { what.contains("\($0)") ? nil : " (through the proxy \($0))" }
        return "Not sent to \(service): \(what)\(way ?? "")"
    }

    private static func message(for cause: Cause, _ target: CallTarget) -> String {
        let (address, table) = (target.address, target.table)
        let limit = target.timeout
        return switch cause {
        case .unusable where target.subject == .file: "its location cannot be called"
        case .unusable: "\(table).endpoint cannot be called; check it"
        case .forbidden: "\(address) is on this machine, or on a network that is not public"
        case .givenUp: "the gateway stops"
        case .nameUnknown:
            "\(target.name) is not found; check \(target.nameSource)this machine's name service"
        case .nameServiceSilent: "this machine's name service does not answer for \(target.namedHost)"
        case .noRoute: "there is no route to \(address); check this machine's network"
        case .refused: "\(address) refuses connections"
        case .noConnection: "no connection to \(address) within \(limit)"
        case .noRoom: "this machine has no room for another connection (LimitNOFILE=)"
        case .hungUp: "\(address) closed the connection before the request"
        case .noEncryption: "\(address) speaks no TLS that we do: \(target.suspicion)"
        case .untrusted(let distrust): message(for: distrust, target)
        case .proxyUnreachable: "the proxy \(proxy(target)) cannot be reached; check \(table).proxy"
        case .proxyRefused(let status): message(forProxy: status, target)
        case .noAnswer: "no answer within \(limit)"
        case .cut: "the connection was cut before the answer was whole"
        case .tooLong: "the answer is longer than any that is documented"
        case .unreadable: "the answer is no HTTP, or damaged"
        case .unknown(let type): "the call broke off (\(type))"
        }
    }

    private static func message(for distrust: Distrust, _ target: CallTarget) -> String {
        let address = target.address
        let remedy = "name an authority of your own in \(target.table).ca_file"
        return switch distrust {
        case .otherHost:
            "the certificate at \(address) is for another host: \(target.suspicion)"
        case .expired(let date): "the certificate at \(address) expired on \(day(date)), by this machine's clock"
        case .notYetValid(let date):
            "the certificate at \(address) is valid from \(day(date)) on only, by this machine's clock: is it right?"
        case .unknownAuthority:
            "the certificate at \(address) is of an unknown authority: a captive portal, or a proxy that looks inside; \(remedy)"
        case .unverified:
            "the certificate at \(address) is not trusted: expired, or of an unknown authority; \(remedy)"
        }
    }

    private static func message(forProxy status: Int?, _ target: CallTarget) -> String {
        let name = "the proxy \(proxy(target))"
        guard let status else { return "\(name) refused to connect to \(target.address)" }
        let refusal = "\(name) refused: \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)"
        // Some proxies answer 401 to a wrong login.
        return [401, 407].contains(status) ? "\(refusal); check \(target.table).proxy_login_file" : refusal
    }

    private static func proxy(_ target: CallTarget) -> String { target.proxy.map { "\($0)" } ?? "" }

    private static func day(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day())
    }
}

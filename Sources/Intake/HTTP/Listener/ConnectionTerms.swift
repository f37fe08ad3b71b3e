import NIOHTTP1

/// What a request says about its own connection (RFC 9110, section 7.6.1): how long it stays, and which other protocol
/// it offers.
struct ConnectionTerms: Equatable {
    /// Another protocol that a request offers or asks for.
    enum Offer: Equatable {
        case none
        /// It may be ignored, and is (RFC 9110, section 7.8): HTTP/1.1 goes on.
        case ignored
        /// A tunnel, or an offer in a form that NIO's parser may or may not recognise. The meaning of the bytes after
        /// it is unknown.
        case final
    }

    let offer: Offer
    /// Whether further requests may follow.
    let persists: Bool
    /// HTTP/1.0: only a length or the connection's end says where a body ends.
    let isOld: Bool

    init(_ head: HTTPRequestHead) {
        offer = head.method == .CONNECT ? .final : Self.offer(head.headers)
        persists = head.isKeepAlive && offer != .final
        isOld = head.version.minor == 0
    }

    /// NIO's parser (llhttp) stops after a request that has `Upgrade`, and `upgrade` among the options of `Connection`.
    /// It also reads `Proxy-Connection`, and is strict about white space. Anything that is not clearly an offer to it,
    /// or clearly none, is ``Offer/final``.
    private static func offer(_ headers: HTTPHeaders) -> Offer {
        let names = headers["upgrade"]
        guard !names.isEmpty else { return .none }
        let options = headers["connection"].joined(separator: ",").lowercased()
        let others = headers["proxy-connection"].joined(separator: ",").lowercased()
        guard options.contains("upgrade") || others.contains("upgrade") else { return .none }
        let isPlain =
            names.allSatisfy { !$0.isEmpty } && others.isEmpty && options.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        let isOption = options.split(separator: ",").contains { option in
            option.drop { $0 == " " }.reversed().drop { $0 == " " }.elementsEqual("upgrade".reversed())
        }
        return isPlain && isOption ? .ignored : .final
    }
}

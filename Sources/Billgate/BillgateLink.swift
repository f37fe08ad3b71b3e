import Foundation

/// Billgate's links to documents, as far as their form is known beforehand.
public enum BillgateLink {
    /// As the page's examples have it, with some room.
    ///
    /// - Parameter endpoint: the real one, or a simulator's on this machine.
    public static func longest(at endpoint: String) -> String {
        let isSimulated = BillgateEndpoint(url: endpoint, key: "").isOnThisMachine
        let host = isSimulated ? endpoint : "https://billpouch.billme.co.th"
        return "\(host)/pouch/\(String(repeating: "0", count: 64))"
    }
}

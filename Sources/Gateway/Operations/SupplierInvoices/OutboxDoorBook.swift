public import Foundation
public import Outbox
public import SupplierInvoices

/// Which document the gateway's own door shows, and under which word, in the outbox.
public struct OutboxDoorBook: DoorBook {
    private let outbox: Outbox

    public init(_ outbox: Outbox) {
        self.outbox = outbox
    }

    public func open(_ digest: String, token: [UInt8], until: Date) async throws {
        try await outbox.openDoor(toSupplierInvoice: digest, token: token, until: until)
    }

    public func close(_ digest: String) async throws {
        try await outbox.closeDoor(toSupplierInvoice: digest)
    }
}

public import Foundation

/// The state of a sale at the provider: that of what the provider makes, and of its withdrawal.
@dynamicMemberLookup
public struct RegistrationResource: WireResource {
    public var job = ProviderJobResource()
    /// Staff want its document taken back, and the provider has not done it yet. Its link is given out no more.
    public var withdrawalAskedAt: Date?
    /// Its document was taken back.
    public var withdrawnAt: Date?

    public init() {}

    public subscript<Value>(dynamicMember member: WritableKeyPath<ProviderJobResource, Value>) -> Value {
        get { job[keyPath: member] }
        set { job[keyPath: member] = newValue }
    }

    public static let fields: [WireField<RegistrationResource>] =
        WireField<RegistrationResource>.fields(of: \.job) + [
            .field("withdrawal_asked_at", \.withdrawalAskedAt), .field("withdrawn_at", \.withdrawnAt),
        ]
}

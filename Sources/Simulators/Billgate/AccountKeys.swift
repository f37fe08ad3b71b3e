/// The key of the account, and the token that the page's operations make, show and revoke. That the token is the key is
/// nowhere said.
struct AccountKeys {
    private var key: String?
    private var token: String?

    init(key: String) {
        (self.key, token) = (key, key)
    }

    func accepts(_ sent: String?) -> Bool { sent != nil && sent == key }

    /// - Parameter areKeys: whether the new token is the key from now on
    mutating func generate(areKeys: Bool) -> JSONValue {
        let new = Unguessable.text(words: 4)
        token = new
        if areKeys { key = new }
        return .object(["access_token": .string(new)])
    }

    func current() throws(Refusal) -> JSONValue {
        guard let token else { throw .notFound }
        return .object(["access_token": .string(token)])
    }

    mutating func revoke(areKeys: Bool) throws(Refusal) {
        guard token != nil else { throw .notFound }
        token = nil
        if areKeys { key = nil }
    }
}

/// Slime's links for a sale, as far as their form is known beforehand.
public enum SlimeLink {
    /// The longest possible link: `…/projects/{projectId}/trading-document-interface/{transaction_id}/{32 digits}`, the
    /// id of 30 characters (Slime API, "Transaction Info API" and "transaction_id: Max Length").
    ///
    /// - Parameter endpoint: the project's own, `https://…/projects/{projectId}/api`.
    public static func longest(at endpoint: String) -> String {
        let project = endpoint.hasSuffix("/api") ? String(endpoint.dropLast("/api".count)) : endpoint
        let (id, key) = (String(repeating: "X", count: 30), String(repeating: "0", count: 32))
        return "\(project)/trading-document-interface/\(id)/\(key)"
    }
}

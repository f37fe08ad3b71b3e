extension SupplierOCRSimulator {
    /// The seven operations of the page.
    public enum Operation: String, Sendable, CaseIterable {
        case list, create, get, update, delete, process, results

        /// Whether it has a body.
        var takesBody: Bool { self == .create || self == .update }
    }
}

extension SupplierOCRSimulator.Operation {
    /// Where a request leads.
    enum Route {
        case operation(SupplierOCRSimulator.Operation, id: String?)
        /// The path is known, but not with this method.
        case wrongMethod
        case nowhere
    }

    /// - Parameter path: without its query, as it came
    static func find(
        _ method: String, _ path: String, _ configuration: SupplierOCRSimulator.Configuration
    ) -> Route {
        guard path.hasPrefix(configuration.resource) else { return .nowhere }
        let rest = path.dropFirst(configuration.resource.count)
        if rest.isEmpty { return route(["GET": .list, "POST": .create], method, id: nil) }
        guard rest.first == "/" else { return .nowhere }
        let parts = rest.dropFirst().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty else { return .nowhere }
        let id = FormText.decodedPath(first.utf8)
        guard parts.count == 2 else { return route(["GET": .get, "PUT": .update, "DELETE": .delete], method, id: id) }
        return switch String(parts[1]) {
        case configuration.processPath: route(["POST": .process], method, id: id)
        case configuration.resultsPath: route(["GET": .results], method, id: id)
        default: .nowhere
        }
    }

    private static func route(_ operations: [String: Self], _ method: String, id: String?) -> Route {
        operations[method].map { .operation($0, id: id) } ?? .wrongMethod
    }
}

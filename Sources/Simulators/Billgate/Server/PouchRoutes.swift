import HTTPTypes

/// The pages behind shareable URLs, and the files behind PDF URLs. Whoever knows the address sees them, without a key.
struct PouchRoutes {
    let simulator: BillgateSimulator

    /// - Parameter token: what follows `/pouch/`
    func answer(_ method: HTTPRequest.Method, _ token: Substring) async -> Reply {
        let date = UTCTime.header(await simulator.now)
        guard let document = await simulator.linked(token) else {
            return .text(404, "There is no such document.", date: date)
        }
        switch method {
        case .get, .head: return .html(200, PouchPage.html(document), date: date)
        case .post where document.kind == .invoice && document.status != .paid:
            do throws(SimulatorError) {
                try await simulator.setStatus(.pendingApproval, ofInvoice: document.id)
            } catch {
                return .text(404, "There is no such document.", date: date)
            }
            var reply = Reply.text(303, "The merchant is told.", date: date)
            reply.location = document.linkPath
            return reply
        default: return .text(405, "This page does not take \(method.rawValue).", date: date)
        }
    }

    /// - Parameter path: what follows `/storage/`: the kind of document, and the name of its file
    func file(_ method: HTTPRequest.Method, _ path: Substring) async -> Reply {
        let date = UTCTime.header(await simulator.now)
        let parts = path.split(separator: "/")
        guard method == .get || method == .head else {
            return .text(405, "A file does not take \(method.rawValue).", date: date)
        }
        guard parts.count == 2, parts[1].hasSuffix(".pdf"),
            let bytes = await simulator.pdf(String(parts[0]), parts[1].dropLast(".pdf".count))
        else { return .text(404, "There is no such file.", date: date) }
        return Reply(status: 200, contentType: "application/pdf", body: bytes, date: date)
    }
}

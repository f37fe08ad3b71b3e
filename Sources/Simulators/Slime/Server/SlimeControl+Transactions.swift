import HTTPTypes

extension SlimeControl {
    func transactions(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        let newest = await simulator.transactions().suffix(try request.limit()).reversed()
        return request.reply(
            .object([
                "transactions": .array(
                    newest.map { transaction in
                        .object([
                            "id": .string(transaction.id),
                            "subject": .string(transaction.subject),
                            "data": (try? JSONReader.read(transaction.data)) ?? .null,
                            "registered_at": .string(UTCTime.timestamp(transaction.registeredAt)),
                            "attempts": .number(String(transaction.attempts)),
                        ])
                    })
            ]))
    }

    func counters(_ request: Request) async throws(Refusal) -> Reply {
        guard request.method == .get else { throw request.refuseMethod() }
        return request.reply(await simulator.counters.json)
    }
}

extension SlimeSimulator.Counters {
    var json: JSONValue {
        .object([
            "transactions": .object(totals.registeredBySubject.mapValues { .number(String($0)) }),
            "calls": .object([
                "all": .number(String(totals.calls)), "successes": .number(String(totals.successes)),
                "exceptions": .number(String(totals.exceptions)), "failures": .number(String(totals.failures)),
            ]),
            "documents": .object([
                "all": .number(String(documents)), "ready": .number(String(documentsReady)),
            ]),
            "files": .object([
                "begun": .number(String(filesBegun)), "whole": .number(String(filesWhole)),
                "fetched_twice": .number(String(filesFetchedTwice)),
            ]),
        ])
    }
}

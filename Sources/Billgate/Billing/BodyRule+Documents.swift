// The schemas of the requests that make documents, member by member in the page's order.
extension BodyRule {
    private static func items(rate: ClosedRange<Int>?) -> BodyRule {
        .list(
            of: .object([
                .required("description", .text()), .required("quantity", .number()),
                .required("unit_price", .number()), .optional("vat_rate", .number(rate), orNull: true),
                .optional("discount_amount", .number(), orNull: true),
            ]), atLeast: 1, isUnique: true)
    }

    private static let person = BodyRule.object([
        .optional("customer_code", .text()), .required("name", .text()), .required("tax_number", .text()),
        .required("phone_number", .text()), .required("emails", .list(of: .text(0...Int.max))),
        .required(
            "address",
            .object([
                .required("house_number", .text()), .required("sub_district", .text()),
                .required("district", .text()), .required("province", .text()), .required("post_code", .text()),
            ])),
    ])

    private static let attachments = BodyMember.optional("attachments", .list(of: .text()))

    static let invoice = BodyRule.object([
        .required("customer", person), .required("number", .text()), .required("issue_date", .day),
        .required("due_date", .day), .required("items", items(rate: 0...7)), .required("vat_included", .flag),
        .required("remark", .text(0...Int.max), orNull: true),
        .optional("withholding_tax_rate", .number(), orNull: true), attachments, .optional("name", .text(0...Int.max)),
    ])

    private static let data: [BodyMember] = [
        .required("customer", person), .required("issue_date", .day), .required("items", items(rate: nil)),
        .required("vat_included", .flag), .required("remark", .text(0...Int.max), orNull: true),
        .optional("withholding_tax_rate", .number(), orNull: true),
    ]

    static let receipt = BodyRule.object([
        .required("invoice_id", .text(), orNull: true),
        .required("data", .object(data + [.optional("name", .text(0...Int.max))]), orNull: true),
        .required("number", .text()),
    ])

    static let taxInvoice = BodyRule.object([
        .required("number", .text()), .optional("invoice_id", .text(), orNull: true),
        .optional("receipt_id", .text(), orNull: true), .optional("data", .object(data), orNull: true), attachments,
    ])

    static let payment = BodyRule.object([.required("date_time", .time), .required("amount", .number())])

    static let decline = BodyRule.object([.required("reason", .text()), .optional("metadata", .anyObject)])
}

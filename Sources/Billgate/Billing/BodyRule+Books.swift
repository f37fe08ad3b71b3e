// The schemas of customers, templates and recurring invoices.
extension BodyRule {
    static let customer = BodyRule.object([
        .required("type", .word(["individual", "corporate"])), .required("name", .text(0...140)),
        .optional("alias", .text(0...140), orNull: true), .optional("tax_number", .text(13...13), orNull: true),
        .optional("branch_number", .text(5...5), orNull: true), .optional("phone_number", .text(0...30), orNull: true),
        .optional("customer_code", .text(0...64), orNull: true), .required("emails", .list(of: .text(0...Int.max))),
        .required(
            "address",
            .object([
                .required("house_number", .text(0...140)), .required("sub_district", .text(0...30)),
                .required("district", .text(0...30)), .required("province", .text(0...30)),
                .required("post_code", .text(5...5)),
            ])),
    ])

    /// The schema of the request that changes one has no members, and its example is a whole request that makes one.
    static let template = BodyRule.object([
        .required("name", .text(0...Int.max), orNull: true), .required("number", .text(0...Int.max)),
        .required(
            "items",
            .list(
                of: .object([
                    .required("description", .text(0...Int.max)), .required("quantity", .number()),
                    .required("price_per_item", .number()), .optional("vat_rate", .number(), orNull: true),
                    .optional(
                        "discount",
                        .object([
                            .optional("type", .word(["percentage", "money"])), .optional("total", .number()),
                        ]), orNull: true),
                ]))),
        .optional("remark", .text(0...Int.max)),
        .optional("withholding_tax", .object([.optional("on", .flag), .optional("rate", .number())])),
        .optional("is_vat_included", .flag), .required("due_date_term", .integer(0...Int.max)),
    ])

    static let recurring = BodyRule.object([
        .required("invoice_template_id", .uuid), .required("customer_id", .text()), .required("number", .text(1...24)),
        .required("frequency", .word(["monthly"])), .required("start_date", .day),
        .required("cycle", .integer(0...1200), orNull: true),
        .optional("payment_policy", .word(["fully_paid", "installment"]), orNull: true),
        .optional(
            "installments",
            .list(
                of: .object([.optional("installment", .integer(0...Int.max)), .optional("amount", .number())]),
                isUnique: true), orNull: true),
    ])
}

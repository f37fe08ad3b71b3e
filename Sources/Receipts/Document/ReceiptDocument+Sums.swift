import Sales

extension ReceiptDocument {
    /// The total, the tax in it, and how it was paid.
    ///
    /// Prices with VAT: the statement covers the lines, so it stands directly below them, and the analysis follows the
    /// total. Net prices: the analysis leads from the lines to the total, and only the total includes VAT.
    ///
    /// If the paper has both kinds and only totals are rounded, the sum of each kind is exact, with as many places as
    /// its lines add up to: 2.185 of each is 4.37, and no two rounded halves of it would be.
    var sums: [Block] {
        guard hasVAT else {
            // A seller without VAT has nothing to be exempt from.
            return [total] + payments + (sale.documentType.hasVAT ? [.rule(.dashed)] + exempt(.small) : [])
        }
        let statement = Block.text(Wording.vatIncluded, .small, .center)
        if sale.vatIncluded {
            return [statement, .space(.small), total] + payments + [.rule(.dashed)] + gross(.small) + exempt(.small)
                + [net(.small), vat(.small)]
        }
        return [net(.body), vat(.body)] + gross(.body) + exempt(.body) + [.rule(.solid), total, statement]
            + (payments.isEmpty ? [] : [.space(.small)] + payments)
    }

    private var total: Block {
        row(Wording.total.line(language), sale.totals.total.grouped, role: .total)
    }

    private func net(_ role: TextRole) -> Block {
        let net = hasSigns ? sale.listedNet.grouped : sale.totals.netOfVAT.grouped
        return row(Wording.net.line(language), net, role: role)
    }

    private func vat(_ role: TextRole) -> Block {
        row("\(Wording.vat.line(language)) \(Figures.percent(sale.vatRate))", sale.totals.vat.grouped, role: role)
    }

    /// The amount that bears VAT, if it is not the total itself.
    private func gross(_ role: TextRole) -> [Block] {
        guard hasSigns else { return [] }
        let gross = sale.listedGross.grouped
        return [row(Wording.vatable.line(language), gross, sign: Self.vatableSign, role: role)]
    }

    private func exempt(_ role: TextRole) -> [Block] {
        guard hasExempt else { return [] }
        let exempt = hasSigns ? sale.listed(vatable: false).grouped : sale.totals.exempt.grouped
        return [row(Wording.exempt.line(language), exempt, sign: Self.exemptSign, role: role)]
    }

    private var payments: [Block] {
        var blocks: [Block] = []
        // A rounding of zero is not printed.
        if let rounding = sale.receipt.rounding, rounding.millionths != 0 {
            blocks.append(row(Wording.rounding.line(language), Figures.amount(rounding)))
        }
        for payment in sale.receipt.payments {
            let method = Wording.paymentMethods[payment.method.lowercased()]?.line(language) ?? payment.method
            blocks.append(row(method, Figures.amount(payment.amount)))
        }
        if let change = sale.receipt.change {
            blocks.append(row(Wording.change.line(language), Figures.amount(change)))
        }
        return blocks
    }

    private func row(_ name: String, _ amount: String, sign: String = "", role: TextRole = .body) -> Block {
        .amount(AmountRow(name: name, amount: amount, sign: hasSigns ? sign : nil, role: role))
    }
}

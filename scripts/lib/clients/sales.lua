-- For wrk: sends a new sale each time, and reports in the end whether all were taken.
local number = 0

function init()
    math.randomseed(os.time())
    run = math.random(1, 1e9)
end

function request()
    number = number + 1
    local sale = string.format(
        '{"transaction_id":"wrk/%d/%d","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":'
            .. '[{"name":"x","unit_price":"15","quantity":"8","vatable":true}]},"receipt":{"print":false}}',
        run, number)
    return wrk.format("POST", nil, { ["Content-Type"] = "application/json" }, sale)
end

function done(summary)
    local errors = summary.errors
    print(string.format("refused %d, unanswered %d", errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end

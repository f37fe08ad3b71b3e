// Hands one sale to Kamkap over the network. Usage: Sale [URL]. The token comes from KAMKAP_TOKEN. If the shop's
// certificate has an authority of its own, this machine has to trust it: certutil -addstore Root ca.pem
// Builds with .NET 6 and later, .NET Framework 4.7 and later, and mono:
//   mcs Sale.cs -r:System.Net.Http -r:System.Runtime.Serialization
// Ends with 0: accepted; 65: refused, and refused again if sent again; 69: not reached, send the same bytes later.
// SALE_ID and SALE_TOTAL put in another id and total, to try what is refused.
using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization.Json;
using System.Threading.Tasks;

// The JSON, member by member. This serializer is in every .NET; System.Text.Json or Newtonsoft.Json do as well.
public class Line { public string name, unit_price, quantity; public bool vatable = true; }
public class Document { public string issued_at; public Line[] line_items; }
public class Payment { public string method, amount; }
public class Receipt { public Payment[] payments; public string change, total; }
public class Sale { public string transaction_id, terminal_id; public Document document; public Receipt receipt; }

public class Totals { public string total; }
public class Registration { public string state; }
public class Kept { public string transaction_id; public Totals totals; public Registration registration; }

public class Fault { public string pointer, detail; }
public class Problem { public string title, detail; public Fault[] errors; }

public static class Program
{
    static string Setting(string name, string otherwise) => Environment.GetEnvironmentVariable(name) ?? otherwise;

    static Sale MakeSale() => new Sale
    {
        // Unique among all stores of one account at the provider, hence branch and till. A real till puts its receipt counter here.
        transaction_id = Setting("SALE_ID", "00000-POS01-" + DateTimeOffset.Now.ToUnixTimeMilliseconds()),
        terminal_id = "POS-01",
        document = new Document
        {
            // Invariant: on a Thai Windows the year would be 2569.
            issued_at = DateTimeOffset.Now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            line_items = new[]
            {
                new Line { name = "กาแฟลาเต้เย็น", unit_price = "75", quantity = "2" },
                new Line { name = "ครัวซองต์เนยสด", unit_price = "89.50", quantity = "1" },
                new Line { name = "ส่วนลดสมาชิก", unit_price = "-20", quantity = "1" },
            },
        },
        receipt = new Receipt
        {
            payments = new[] { new Payment { method = "cash", amount = "300" } },
            change = "80.50",
            total = Setting("SALE_TOTAL", "219.50"),
        },
    };

    static byte[] ToJson(Sale sale)
    {
        var stream = new MemoryStream();
        new DataContractJsonSerializer(typeof(Sale)).WriteObject(stream, sale);
        return stream.ToArray();
    }

    static T FromJson<T>(byte[] json) =>
        (T)new DataContractJsonSerializer(typeof(T)).ReadObject(new MemoryStream(json));

    static HttpClient Connect()
    {
        var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var token = Setting("KAMKAP_TOKEN", "");
        if (token != "") client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // Otherwise .NET Framework asks before each body and loses a third of a second.
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }

    public static int Main(string[] arguments) => HandIn(arguments).GetAwaiter().GetResult();

    /// Sends the same bytes until the answer is final. Returns the exit code.
    static async Task<int> HandIn(string[] arguments)
    {
        var url = arguments.Length > 0 ? arguments[0] : Setting("KAMKAP_URL", "http://127.0.0.1:9180");
        var tries = int.Parse(Setting("KAMKAP_TRIES", "6"), CultureInfo.InvariantCulture);
        var client = Connect();
        // Made once: each try sends these very bytes. A real till writes them to its own disk before the first.
        var sale = ToJson(MakeSale());
        for (var number = 1; ; number++)
        {
            var status = 0;
            var later = TimeSpan.Zero;
            string why;
            try
            {
                var body = new ByteArrayContent(sale);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using (var answer = await client.PostAsync(url + "/v1/sales", body))
                {
                    status = (int)answer.StatusCode;
                    why = "status " + status;
                    later = answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
                    var json = await answer.Content.ReadAsByteArrayAsync();
                    if (status == 200 || status == 201) // It is on disk, and Kamkap does the rest: the customer may go.
                    {
                        var kept = FromJson<Kept>(json);
                        Console.WriteLine("accepted {0}: total {1}, registration {2}",
                            kept.transaction_id, kept.totals.total, kept.registration.state);
                        return 0;
                    }
                    if (status < 500 && status != 408 && status != 429)
                    {
                        // 422: the sale has these faults. 409: this id was used for another sale. Both are bugs in the till.
                        var problem = FromJson<Problem>(json);
                        Console.Error.WriteLine("refused: " + problem.title);
                        foreach (var fault in problem.errors ?? new[] { new Fault { detail = problem.detail } })
                            Console.Error.WriteLine("  {0} {1}", fault.pointer, fault.detail);
                        return 65;
                    }
                }
            }
            // It may have been taken all the same, and only the answer was lost: no new id.
            catch (HttpRequestException error) { why = error.GetBaseException().Message; }
            catch (OperationCanceledException) { why = "no answer in time"; }
            if (number >= tries)
            {
                Console.Error.WriteLine("not reached ({0}): keep the sale and send the same bytes later", why);
                return 69;
            }
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, number - 1), 30));
            await Task.Delay(later > pause ? later : pause);
        }
    }
}

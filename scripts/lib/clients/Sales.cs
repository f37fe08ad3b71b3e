// .NET's HttpClient, unmodified: under .NET Framework and mono it sends Expect: 100-continue before each body.
using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;

static class Sales
{
    static void Main(string[] arguments)
    {
        using (var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) })
            foreach (var file in arguments.Skip(1))
            {
                var content = new StringContent(File.ReadAllText(file), Encoding.UTF8, "application/json");
                var answer = client.PostAsync(arguments[0], content).Result;
                answer.Content.ReadAsStringAsync().Wait();
                Console.WriteLine((int)answer.StatusCode);
            }
    }
}

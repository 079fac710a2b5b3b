using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ProcessManager.Host.Tests;

/// <summary>
/// An HTTP client with the cookies of one browser. Asks for pages, doesn't follow redirects, and sends the page's antiforgery token
/// with everything that changes something, as our pages do.
/// </summary>
public sealed partial class TestBrowser : HttpClient
{
    private readonly PageHandler handler;

    internal TestBrowser(Uri address)
        : this(new PageHandler(), address)
    {
    }

    private TestBrowser(PageHandler handler, Uri address)
        : base(handler)
    {
        this.handler = handler;
        BaseAddress = address;
        DefaultRequestHeaders.Accept.ParseAdd("text/html,*/*;q=0.8");
    }

    public CookieContainer Cookies => handler.Cookies;

    /// <summary>Off to test what happens without the token.</summary>
    public bool SendsAntiforgeryToken
    {
        get => handler.SendsToken;
        set => handler.SendsToken = value;
    }

    /// <summary>The page at <paramref name="path"/>; fails the test when it isn't answered with 200.</summary>
    public async Task<IDocument> Page(string path)
    {
        using var answer = await GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode} {answer.Headers.Location}");
        return await Read(answer);
    }

    public static async Task<IDocument> Read(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    /// <summary>Posts form fields.</summary>
    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) =>
        PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>The same as htmx sends it: wants a part of a page.</summary>
    public async Task<HttpResponseMessage> Htmx(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("HX-Request", "true");
        if (method != HttpMethod.Get) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(request);
    }

    /// <summary>Fills in the sign-in page.</summary>
    public Task<HttpResponseMessage> SubmitSignIn(string userName, string password, string? returnUrl = null, bool remember = false) =>
        Post("/sign-in" + (returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}"),
            ("_handler", "sign-in"), ("Form.UserName", userName), ("Form.Password", password), ("Form.Remember", remember ? "true" : "false"));

    /// <summary>Forgets the token, which belongs to who was signed in when it was fetched.</summary>
    public void ForgetToken() => handler.Token = null;

    private sealed partial class PageHandler : DelegatingHandler
    {
        public PageHandler()
        {
            InnerHandler = new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false };
        }

        public CookieContainer Cookies { get; } = new();

        public bool SendsToken { get; set; } = true;

        public string? Token { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var changes = request.Method != HttpMethod.Get && request.Method != HttpMethod.Head;
            if (changes && SendsToken && !request.Headers.Contains("X-Antiforgery"))
            {
                request.Headers.Add("X-Antiforgery", Token ??= await Fetch(request.RequestUri!, cancellationToken));
            }
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath is "/sign-in" or "/sign-out") Token = null;
            return answer;
        }

        private async Task<string> Fetch(Uri near, CancellationToken cancellation)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(near, "/not-found"));
            request.Headers.Accept.ParseAdd("text/html");
            using var answer = await base.SendAsync(request, cancellation);
            return MetaTag().Match(await answer.Content.ReadAsStringAsync(cancellation)).Groups[1].Value;
        }

        [GeneratedRegex("""<meta name="antiforgery" content="([^"]+)""")]
        private static partial Regex MetaTag();
    }
}

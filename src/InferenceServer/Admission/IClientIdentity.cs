using Microsoft.AspNetCore.Http;

namespace InferenceBridge.Server.Admission;

/// <summary>Tells whose call it is, for limits by client.</summary>
internal interface IClientIdentity
{
    /// <summary>A text that is the same for all calls of one client and for no other's.</summary>
    string Of(HttpContext call);
}

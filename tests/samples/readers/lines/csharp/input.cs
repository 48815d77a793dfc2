[Authorize]
public class FirmwareController : ControllerBase
{
    [HttpPost]
    [AllowAnonymous]
    public IActionResult Upload(IFormFile image) => Accepted();
    TokenValidationParameters Made() => new()
    {
        ValidateLifetime = false,
        ValidateIssuer = true,
    };
}

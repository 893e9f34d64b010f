namespace ShopService;

/// <summary>An order as the service answers it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Currency">Three letters.</param>
/// <param name="Total">As text, with two digits after the point.</param>
/// <param name="AnsweredAt">When it was answered: no two answers share it.</param>
/// <param name="RequestId">A random number of the request.</param>
public sealed record ShopOrder(long Id, string Customer, string Status, string Currency, string Total, DateTimeOffset AnsweredAt, Guid RequestId);

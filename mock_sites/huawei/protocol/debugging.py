"""The messages of the marketplace's debugging page, word for word (spec huawei 2.6a; ``sources.DEBUGGING``)."""

from typing import Final

UNREACHABLE: Final = "调测失败，生产地址不可达."
TIMEOUT: Final = "调测失败，调用接口超时20s."
HTTP_CODE: Final = "调测失败，接口响应httpCode={httpCode}，请检查服务器日志，定位失败原因."
NO_JSON: Final = '调测失败，解析响应体失败，响应格式参考{"resultCode":"000000","resultMsg":"success."}.'
CONTENT_TYPE: Final = '调测失败，响应content-type格式错误，返回的格式为{contentType}，正确的格式为"application/json".'
RESULT_CODE: Final = "调用失败，生产接口resultCode返回错误."
MISSING: Final = "调测失败，接口响应缺少{field}."
SAVED: Final = "调测用例成功并保存成功"
"""What it says where nothing is wrong (spec huawei 5)."""

LIMIT: Final = 20.0
"""Seconds that the page waits for an answer."""

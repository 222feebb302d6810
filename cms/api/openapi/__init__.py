"""The contract of the API: OpenAPI 3.1, made from what pages, serializers, blocks and doors say of themselves.

https://spec.openapis.org/oas/v3.1.1.html
"""

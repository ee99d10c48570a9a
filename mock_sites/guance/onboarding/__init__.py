"""Where a member of a Huawei Cloud enterprise lands."""

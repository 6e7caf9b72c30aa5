#!/usr/bin/env bash
# One open issue says that the newest PyTorch or Zensical differs: a later run adds to it.
set -euo pipefail
title="The newest PyTorch says something else"
body=$(mktemp)
{
    echo "The weekly run differs; its last lines are:"
    echo
    tail -n 60 "$1/said.txt" | sed 's/^/    /'
} > "$body"
known=$(gh issue list --state open --search "in:title \"$title\"" --json number --jq '.[0].number // empty')
if [ -n "$known" ]; then
    gh issue comment "$known" --body-file "$body"
else
    gh issue create --title "$title" --body-file "$body"
fi

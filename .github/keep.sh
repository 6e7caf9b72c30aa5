#!/usr/bin/env bash
# What a new version says goes into docs/versions.json and its page by a pull request.
set -euo pipefail
if [ ! -s "$1/versions.patch" ]; then
    echo "Nothing is new."
    exit
fi
branch=versions
git apply --include='docs/*' "$1/versions.patch"
git switch --create "$branch"
git -c user.name=github-actions -c user.email=github-actions@users.noreply.github.com \
    commit --quiet --all --message "Keep what the newest PyTorch says"
git push --force "https://x-access-token:$GH_TOKEN@github.com/$GITHUB_REPOSITORY" "$branch"
if [ -z "$(gh pr list --state open --head "$branch" --json number --jq '.[].number')" ]; then
    gh pr create --head "$branch" --title "Keep what the newest PyTorch says" \
        --body "The weekly run asked a version that was not on the page yet."
fi

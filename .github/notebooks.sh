#!/usr/bin/env bash
# Colab opens what stands in a branch: this one has the notebooks of the site, and no past.
set -euo pipefail
site=$(mktemp -d) branch=$(mktemp -d)
tar --extract --file "$1/artifact.tar" --directory "$site"
(cd "$site" && find . -name '*.ipynb' -print0 | xargs -0 cp --parents --target-directory "$branch")
cd "$branch"
git init --quiet --initial-branch notebooks
git add .
git -c user.name=github-actions -c user.email=github-actions@users.noreply.github.com \
    commit --quiet --message "Keep the notebooks of the site"
git push --force "${TO:-https://x-access-token:$GH_TOKEN@github.com/$GITHUB_REPOSITORY}" notebooks

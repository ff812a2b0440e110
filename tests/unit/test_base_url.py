"""The URL of the site, taken from the variables that hosting services document."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.config.base_url import detect_base_url, read_default_branch

NETLIFY = {"NETLIFY": "true", "URL": "https://site.example", "DEPLOY_PRIME_URL": "https://deploy--site.netlify.app"}
CLOUDFLARE = {"CF_PAGES": "1", "CF_PAGES_URL": "https://0a1b2c3d.site.pages.dev"}
VERCEL = {"VERCEL": "1", "VERCEL_URL": "site-abc.vercel.app", "VERCEL_PROJECT_PRODUCTION_URL": "site.example"}
GITLAB = {"GITLAB_CI": "true", "CI_PAGES_URL": "https://group.gitlab.io/docs", "CI_DEFAULT_BRANCH": "main"}
GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "Owner/docs", "GITHUB_EVENT_NAME": "push"}
READTHEDOCS = {"READTHEDOCS": "True", "READTHEDOCS_CANONICAL_URL": "https://docs.example/en/latest/"}


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, ""),
        ({"URL": "https://elsewhere.example"}, ""),
        (READTHEDOCS | {"READTHEDOCS_VERSION_TYPE": "branch"}, "https://docs.example/en/latest/"),
        (READTHEDOCS | {"READTHEDOCS_VERSION_TYPE": "external"}, ""),
        ({"READTHEDOCS": "True"}, ""),
        (READTHEDOCS | GITHUB, "https://docs.example/en/latest/"),
        (GITHUB, "https://owner.github.io/docs/"),
        (GITHUB | {"GITHUB_REPOSITORY": "Owner/owner.github.io"}, "https://owner.github.io/"),
        (GITHUB | {"GITHUB_EVENT_NAME": "schedule"}, "https://owner.github.io/docs/"),
        (GITHUB | {"GITHUB_EVENT_NAME": "pull_request"}, ""),
        (GITHUB | {"GITHUB_EVENT_NAME": "pull_request_target"}, ""),
        (GITHUB | {"GITHUB_SERVER_URL": "https://git.node.example"}, ""),
        (GITHUB | {"GITHUB_REPOSITORY": ""}, ""),
        (GITHUB | {"GITHUB_REF_NAME": "main", "GITHUB_REF_TYPE": "branch"}, "https://owner.github.io/docs/"),
        (GITHUB | {"GITHUB_REF_NAME": "topic", "GITHUB_REF_TYPE": "branch"}, ""),
        (GITHUB | {"GITHUB_REF_NAME": "v1", "GITHUB_REF_TYPE": "tag"}, "https://owner.github.io/docs/"),
        (GITLAB | {"CI_COMMIT_BRANCH": "main"}, "https://group.gitlab.io/docs/"),
        (GITLAB | {"CI_COMMIT_TAG": "v1"}, "https://group.gitlab.io/docs/"),
        (GITLAB | {"CI_COMMIT_BRANCH": "topic"}, ""),
        (GITLAB | {"CI_MERGE_REQUEST_IID": "7"}, ""),
        ({"CI_PAGES_URL": "https://group.gitlab.io", "CI_PIPELINE_SOURCE": "merge_request_event"}, ""),
        (NETLIFY | {"CONTEXT": "production"}, "https://site.example/"),
        (NETLIFY | {"CONTEXT": "deploy-preview"}, ""),
        (NETLIFY | {"CONTEXT": "branch-deploy"}, ""),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "main"}, "https://site.pages.dev/"),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "main", "CF_PAGES_URL": "https://site.pages.dev"}, "https://site.pages.dev/"),
        (CLOUDFLARE | {"CF_PAGES_BRANCH": "topic"}, ""),
        (VERCEL | {"VERCEL_ENV": "production"}, "https://site.example/"),
        (VERCEL | {"VERCEL_ENV": "preview"}, ""),
        (VERCEL | GITHUB | {"VERCEL_ENV": "preview"}, ""),
        (NETLIFY | {"CONTEXT": "production", "URL": "javascript:alert(1)"}, ""),
    ],
)
def test_only_the_published_site_gives_its_url(environ, url):
    assert detect_base_url(environ) == url


@pytest.mark.parametrize(
    ("environ", "domain", "url"),
    [
        (GITHUB, "Docs.Node.example", "https://docs.node.example/"),
        (GITHUB, "docs.node.example/<script>", "https://owner.github.io/docs/"),
        (GITHUB, "localhost", "https://owner.github.io/docs/"),
        (GITHUB | {"GITHUB_EVENT_NAME": "pull_request"}, "docs.node.example", ""),
        (GITLAB | {"CI_COMMIT_BRANCH": "main"}, "docs.node.example", "https://group.gitlab.io/docs/"),
        ({}, "docs.node.example", ""),
    ],
)
def test_only_github_pages_reads_the_domain_of_the_site(environ, domain, url):
    assert detect_base_url(environ, domain=domain) == url


@pytest.mark.parametrize(
    ("event", "branch", "url"),
    [
        ('{"repository": {"default_branch": "trunk"}}', "trunk", "https://owner.github.io/docs/"),
        ('{"repository": {"default_branch": "trunk"}}', "main", ""),
        ('{"repository": {"default_branch": 7}}', "main", "https://owner.github.io/docs/"),
        ('{"repository": []}', "main", "https://owner.github.io/docs/"),
        ("[]", "main", "https://owner.github.io/docs/"),
        ("not JSON", "topic", ""),
        (None, "main", "https://owner.github.io/docs/"),
    ],
)
def test_the_event_names_the_default_branch_on_github(tmp_path, event, branch, url):
    file = tmp_path / "event.json"
    if event is not None:
        file.write_text(event)
    environ = GITHUB | {"GITHUB_REF_NAME": branch, "GITHUB_EVENT_PATH": str(file)}
    assert detect_base_url(environ, default_branch=read_default_branch(environ)) == url

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The extension under test, which VS Code must know. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('kea-policy.kea-policy-vscode');
  assert.ok(found, 'VS Code does not know the extension');
  return found;
}

/** Ends when the extension is active by itself: it is not activated here. */
export async function activated(): Promise<void> {
  const end = Date.now() + 60_000;
  while (!extension().isActive) {
    assert.ok(Date.now() < end, 'it was not activated within a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

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
  const end = Date.now() + 20_000;
  while (!extension().isActive) {
    assert.ok(Date.now() < end, 'it was not activated within 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

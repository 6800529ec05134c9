/** Where a network can run: `cpu` is the native runtime, `wasm` needs nothing installed, the others are accelerators of the native one. */
export const PROVIDERS = ['coreml', 'cuda', 'dml', 'cpu', 'wasm'] as const
export type Provider = (typeof PROVIDERS)[number]

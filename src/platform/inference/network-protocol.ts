import type { Provider } from '../../core/tags/provider.ts'

/** Requests to the process of a network; the first one says what to load. */
export type NetworkRequest =
  | { readonly kind: 'load'; readonly provider: Provider; readonly onnx: Uint8Array }
  | {
      readonly kind: 'run'
      readonly input: Float32Array<ArrayBuffer>
      readonly shape: readonly number[]
    }

/** Its answers, in the order of the requests. */
export type NetworkReply =
  | { readonly kind: 'done'; readonly outputs: Readonly<Record<string, Float32Array>> }
  | { readonly kind: 'failed'; readonly message: string }

declare module '@echogarden/pffft-wasm/simd' {
  /** The functions of pffft.h as exported by the WebAssembly build; pointers are byte offsets into the heap. */
  export type Pffft = {
    /** A view of the whole heap; a new one replaces it whenever the memory grows. */
    readonly HEAPF32: Float32Array
    readonly _pffft_new_setup: (size: number, transform: number) => number
    readonly _pffft_transform_ordered: (
      setup: number,
      input: number,
      output: number,
      work: number,
      direction: number,
    ) => void
    readonly _pffft_aligned_malloc: (bytes: number) => number
  }
  const load: () => Promise<Pffft>
  export default load
}

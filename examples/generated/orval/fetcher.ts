/** Sends a request to the base URL. Orval generates only the path. */
export async function fetcher<T>(path: string, options: RequestInit): Promise<T> {
  const response = await fetch(process.argv[2] + path, options);
  const data: unknown = await response.json();
  return { status: response.status, headers: response.headers, data } as T;
}

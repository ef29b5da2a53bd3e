// Prints as JSON what a network shows of the page at the address.
import ogs from "open-graph-scraper";

const { error, result } = await ogs({ url: process.argv[2], timeout: 20 });
if (error) throw new Error(JSON.stringify(result));
const image = result.ogImage?.[0] ?? {};
const picture = image.url ? await fetch(image.url) : null;
await picture?.arrayBuffer(); // else its connection keeps the program running
console.log(JSON.stringify({
  title: result.ogTitle, description: result.ogDescription, site: result.ogSiteName, card: result.twitterCard, image,
  status: picture?.status ?? 0, kind: picture?.headers.get("content-type") ?? "", cache: picture?.headers.get("cache-control") ?? "",
}));

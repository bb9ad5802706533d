import { goods } from './department.ts';
import type { Department, Goods } from './department.ts';

export const stationery: Department = {
  name: 'Stationery',
  skuPrefix: 'STA',
  taxClass: 'standard',
  weight: 6,
  brands: ['Larkfield', 'Inkwell', 'Papeterie Noël', 'Graphit'],
  goods: [
    goods('Notebook', ['Lined', 'Squared', 'Plain', 'Dotted', 'Kraft'], ['A6', 'A5', 'A4'], [199, 1499]),
    goods('Refill Pad', ['Lined', 'Squared'], ['A5', 'A4', '3 Pack'], [149, 699]),
    goods('Ballpoint Pens', ['Blue', 'Black', 'Assorted', 'Red'], ['Single', '4 Pack', '10 Pack'], [99, 599]),
    goods('Gel Pens', ['Black', 'Pastel', 'Metallic'], ['Single', '3 Pack', '8 Pack'], [149, 899]),
    goods('Pencils', ['HB', '2B', 'Colouring', 'Mechanical'], ['3 Pack', '12 Pack', '24 Pack'], [149, 1299]),
    goods('Highlighters', ['Yellow', 'Assorted', 'Pastel'], ['Single', '4 Pack', '6 Pack'], [99, 699]),
    goods('Markers', ['Permanent', 'Whiteboard', 'Fabric'], ['Single', '4 Pack', '12 Pack'], [149, 1299]),
    goods('Eraser', ['White', 'Kneadable'], ['Single', '3 Pack'], [69, 299]),
    goods('Ruler', ['Clear', 'Steel', 'Wooden'], ['15 cm', '30 cm'], [79, 399]),
    goods('Sticky Notes', ['Yellow', 'Neon', 'Pastel'], ['1 Pad', '4 Pack', '12 Pack'], [149, 799]),
    goods('Envelopes', ['White', 'Manila', 'Padded'], ['DL 25 Pack', 'C5 25 Pack', 'C4 10 Pack'], [199, 799]),
    goods(
      'Birthday Card',
      ['Floral', 'Balloons', 'Funny', 'Age 5', 'Age 50', 'Für Dich', '¡Feliz Día!'],
      ['Small', 'Large'],
      [199, 449],
    ),
    goods('Gift Wrap', ['Kraft', 'Stars', 'Stripes', 'Botanical'], ['2 m', '5 m'], [249, 699]),
    goods('Sticky Tape', ['Clear', 'Invisible', 'Packing'], ['Single', '3 Pack'], [99, 599]),
    goods('Glue Stick', ['Classic', 'Glitter'], ['10 g', '40 g', '3 Pack'], [99, 499]),
    goods('Printer Paper', ['80 g', '100 g', 'Recycled'], ['A4 250', 'A4 500'], [449, 999]),
  ],
};

export const toys: Department = {
  name: 'Toys & Games',
  skuPrefix: 'TOY',
  taxClass: 'standard',
  weight: 6,
  brands: ['Larkfield', 'Tumbledown', 'Holzwurm', 'Petit Éclat', 'Ludo Niño'],
  goods: [
    goods(
      'Jigsaw',
      ['Harbour', 'Farm', 'World Map', 'Space', 'Rainforest', 'Zürich by Night'],
      ['48 Pieces', '100 Pieces', '500 Pieces', '1000 Pieces'],
      [599, 2499],
    ),
    goods(
      'Building Blocks',
      ['Classic', 'City', 'Castle', 'Train'],
      ['50 Pieces', '120 Pieces', '300 Pieces'],
      [999, 4999],
    ),
    goods('Wooden Train', ['Engine', 'Freight', 'Bridge', 'Track'], ['Single', 'Set'], [799, 5999]),
    goods(
      'Soft Toy',
      ['Bear', 'Hare', 'Fox', 'Whale', 'Sloth', 'Piñata Llama'],
      ['20 cm', '30 cm', '45 cm'],
      [999, 3999],
    ),
    goods('Doll', ['Baby', 'Fashion', 'Rag'], ['25 cm', '35 cm'], [1299, 3999]),
    goods('Toy Car', ['Racer', 'Tractor', 'Fire Engine', 'Digger'], ['Single', '3 Pack', '10 Pack'], [399, 2499]),
    goods('Board Game', ['Word', 'Strategy', 'Quiz', 'Coöperative'], ['Travel', 'Family'], [1299, 4499]),
    goods('Card Game', ['Snap', 'Memory', 'Trick-Taking'], ['Tin', 'Box'], [499, 1999]),
    goods('Modelling Dough', ['Classic', 'Neon', 'Glitter'], ['1 Tub', '4 Pack', '10 Pack'], [199, 1499]),
    goods('Craft Kit', ['Friendship Bracelets', 'Weaving', 'Papier-Mâché', 'Origami'], ['Mini', 'Deluxe'], [799, 2499]),
    goods('Colouring Book', ['Animals', 'Sea', 'Vehicles', 'Mandalas'], ['32 Pages', '64 Pages'], [299, 899]),
    goods('Bubbles', ['Wand', 'Gun', 'Refill'], ['100 ml', '500 ml', '1 l'], [149, 1299]),
    goods('Ball', ['Football', 'Bouncy', 'Foam', 'Beach'], ['Small', 'Size 5'], [299, 1999]),
    goods('Water Pistol', ['Classic', 'Mega'], ['Single', '2 Pack'], [399, 1999]),
  ],
};

const colours = ['Black', 'White', 'Navy', 'Grey Marl', 'Forest', 'Burgundy', 'Écru', 'Rosé'];
const adultSizes = ['XS', 'S', 'M', 'L', 'XL', 'XXL'];
const childSizes = ['2–3 y', '4–5 y', '6–7 y', '8–9 y', '10–11 y'];
const shoeSizes = ['37', '38', '39', '40', '41', '42', '43', '44'];

const style = (
  name: string,
  colourCount: number,
  sizes: readonly string[],
  priceMinor: readonly [number, number],
): Goods => ({ name, kinds: colours.slice(0, colourCount), sizes, priceMinor, variants: true });

export const apparel: Department = {
  name: 'Apparel',
  skuPrefix: 'APP',
  taxClass: 'standard',
  weight: 14,
  brands: ['Larkfield', 'Brännlund', 'Atelier Noé', 'Tidewell Sport', 'Lumière'],
  goods: [
    style('Cotton Crew T-Shirt', 8, adultSizes, [799, 1999]),
    style('V-Neck T-Shirt', 6, adultSizes, [799, 1999]),
    style('Long Sleeve Top', 6, adultSizes, [1299, 2499]),
    style('Oxford Shirt', 4, adultSizes, [2499, 4999]),
    style('Linen Shirt', 5, adultSizes, [2999, 5999]),
    style('Merino Jumper', 7, adultSizes, [3999, 7999]),
    style('Fleece Half-Zip', 5, adultSizes, [2499, 4999]),
    style('Hooded Sweatshirt', 7, adultSizes, [2499, 4999]),
    style('Joggers', 5, adultSizes, [1999, 3999]),
    style('Chinos', 5, adultSizes, [2999, 5499]),
    style('Denim Jeans', 3, adultSizes, [2999, 6999]),
    style('Leggings', 4, adultSizes, [1299, 2999]),
    style('Pleated Skirt', 4, adultSizes, [2499, 4999]),
    style('Rain Jacket', 5, adultSizes, [3999, 8999]),
    style('Puffer Gilet', 4, adultSizes, [2999, 5999]),
    style('Pyjama Set', 5, adultSizes, [1999, 3999]),
    style('Ankle Socks 3 Pack', 5, ['36–38', '39–41', '42–44'], [499, 1099]),
    style('Wool Beanie', 8, ['One Size'], [999, 1999]),
    style('Knitted Scarf', 8, ['One Size'], [1299, 2999]),
    style('Canvas Shoes', 5, shoeSizes, [1999, 4499]),
    style('Slippers', 4, shoeSizes, [1299, 2999]),
  ],
};

export const kidswear: Department = {
  name: 'Kidswear',
  skuPrefix: 'KID',
  taxClass: 'zero',
  weight: 6,
  brands: ['Larkfield Kids', 'Petit Éclat', 'Tumbledown'],
  goods: [
    style('Kids T-Shirt', 8, childSizes, [499, 1199]),
    style('Kids Hoodie', 6, childSizes, [1299, 2499]),
    style('Kids Joggers', 5, childSizes, [899, 1899]),
    style('Kids Raincoat', 4, childSizes, [1999, 3999]),
    style('School Polo 2 Pack', 3, childSizes, [699, 1299]),
    style('Kids Pyjamas', 6, childSizes, [999, 1999]),
    style('Kids Socks 5 Pack', 4, ['23–26', '27–30', '31–34'], [399, 899]),
    style('Kids Leggings', 6, childSizes, [499, 1099]),
  ],
};

package foyer.demo;

import foyer.wire.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** The demo company's people. */
final class People {

  /**
   * A person.
   *
   * @param number staff number
   * @param department id of the department
   * @param rank place in the department, from 1
   */
  record Person(
      String number, Names names, String email, String department, String site, int rank) {}

  private static final String SURNAMES =
      """
      王 Wang, 李 Li, 张 Zhang, 刘 Liu, 陈 Chen, 杨 Yang, 赵 Zhao, 黄 Huang, 周 Zhou, 吴 Wu,
      徐 Xu, 孙 Sun, 胡 Hu, 朱 Zhu, 高 Gao, 林 Lin, 何 He, 郭 Guo, 马 Ma, 罗 Luo,
      梁 Liang, 宋 Song, 郑 Zheng, 谢 Xie, 韩 Han, 唐 Tang, 冯 Feng, 于 Yu, 董 Dong, 萧 Xiao,
      程 Cheng, 曹 Cao, 袁 Yuan, 邓 Deng, 许 Xu, 傅 Fu, 沈 Shen, 曾 Zeng, 彭 Peng, 吕 Lü,
      苏 Su, 卢 Lu, 蒋 Jiang, 蔡 Cai, 贾 Jia, 丁 Ding, 魏 Wei, 薛 Xue, 叶 Ye, 欧阳 Ouyang""";

  private static final String GIVEN_NAMES =
      """
      伟 Wei, 芳 Fang, 娜 Na, 敏 Min, 静 Jing, 磊 Lei, 强 Qiang, 洋 Yang, 艳 Yan, 勇 Yong,
      军 Jun, 杰 Jie, 娟 Juan, 涛 Tao, 明 Ming, 超 Chao, 霞 Xia, 平 Ping, 刚 Gang, 丹 Dan,
      建国 Jianguo, 晓明 Xiaoming, 志强 Zhiqiang, 文静 Wenjing, 雨桐 Yutong, 子涵 Zihan,
      浩然 Haoran, 思远 Siyuan, 梦琪 Mengqi, 佳怡 Jiayi, 俊杰 Junjie, 天宇 Tianyu,
      雅婷 Yating, 嘉豪 Jiahao, 诗涵 Shihan, 宇轩 Yuxuan, 欣怡 Xinyi, 博文 Bowen,
      海燕 Haiyan, 秀英 Xiuying, 国华 Guohua, 丽华 Lihua, 春梅 Chunmei, 一诺 Yinuo""";

  private static final String MUNICH =
      """
      安娜·贝克尔 Anna Becker, 托马斯·穆勒 Thomas Müller, 尤利娅·舒尔茨 Julia Schulz,
      马库斯·韦伯 Markus Weber, 卡特琳·霍夫曼 Katrin Hoffmann, 施特凡·沃尔夫 Stefan Wolf,
      莉娜·费舍尔 Lena Fischer, 约翰内斯·鲍尔 Johannes Bauer, 萨拉·凯勒 Sarah Keller,
      迈克尔·施密特 Michael Schmidt, 陈立 Li Chen, 周颖 Ying Zhou, 吴昊 Hao Wu, 何欢 Huan He""";

  private People() {}

  /** All people, by department and rank; the same for the same seed. */
  static List<Person> hire(long seed) {
    var random = new Random(seed);
    List<Names> surnames = names(SURNAMES);
    List<Names> givenNames = names(GIVEN_NAMES);
    List<Names> munich = names(MUNICH);
    Set<String> taken = new HashSet<>();
    munich.forEach(names -> taken.add(email(names)));
    var people = new ArrayList<Person>();
    for (House.Department department : House.DEPARTMENTS) {
      for (int rank = 1; rank <= department.people(); rank++) {
        Names names =
            department.site().equals("munich")
                ? munich.get(rank - 1)
                : newcomer(surnames, givenNames, taken, random);
        people.add(
            new Person(
                "F" + (10_001 + people.size()),
                names,
                email(names),
                department.id(),
                department.site(),
                rank));
      }
    }
    return people;
  }

  /** Nobody shares an address with another, so nobody shares a name in Latin letters either. */
  private static Names newcomer(
      List<Names> surnames, List<Names> givenNames, Set<String> taken, Random random) {
    while (true) {
      Names surname = surnames.get(random.nextInt(surnames.size()));
      Names given = givenNames.get(random.nextInt(givenNames.size()));
      var names = new Names(surname.zh() + given.zh(), given.en() + " " + surname.en());
      if (taken.add(email(names))) {
        return names;
      }
    }
  }

  private static String email(Names names) {
    String latin = names.en().replace("ü", "ue").toLowerCase(Locale.ROOT);
    return latin.replace(' ', '.') + "@example.com";
  }

  private static List<Names> names(String list) {
    return Arrays.stream(list.replace('\n', ' ').split(",", -1))
        .map(String::strip)
        .map(pair -> pair.split(" ", 2))
        .map(pair -> new Names(pair[0], pair[1]))
        .toList();
  }
}
